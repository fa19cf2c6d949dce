"""The keys: present, undamaged, matching, and readable by the right users only."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from request_app.health.file_status import status_of
from request_app.health.findings import Finding, fault, good, warning
from request_app.sealing import KeyMissingError, SealingError, keyfiles
from request_app.settings import Settings

FEWEST_BYTES = 8  # different ones; 32 random bytes have about 30
WORDS = (b"secret", b"change", b"password", b"example", b"default", b"seloste")


def weak_secret(read: Callable[[Path], bytes], folder: Path) -> str | None:
    """Say why a secret is weak; a missing one is reported elsewhere."""
    try:
        secret = read(folder)
    except KeyMissingError:
        return None
    except SealingError as error:
        return str(error)
    if len(set(secret)) < FEWEST_BYTES or any(word in secret.lower() for word in WORDS):
        return (
            f"The secret in {folder} can be guessed. Remove it, and run init: "
            "it makes a new one by chance."
        )
    return None


def readable_private_key(settings: Settings) -> str | None:
    """Say if this process can read a private key."""
    try:
        found = sorted(settings.desk_keys.glob("desk-*.key"))
    except OSError:
        return None
    for path in found:
        if os.access(path, os.R_OK):
            return (
                f"The form's user can read the private key {path}: an intruder in the "
                "form could read every request. Set its mode to 0400, and let the form "
                "run as another user than its owner; SELOSTE_ONE_USER=yes is for a "
                "trial."
            )
    return None


def mismatch(settings: Settings) -> str | None:
    """Say why the desk cannot open new requests."""
    try:
        ring = keyfiles.read_keyring(settings.desk_keys)
        key = keyfiles.read_form_key(settings.form_keys)
    except SealingError as error:
        return _with_advice(
            error, "Run keys recover, or init where nothing was set up yet."
        )
    if key.id not in ring:
        return (
            f"The form seals with the key {key.id} ({key.fingerprint}), whose private "
            f"half is not in {settings.desk_keys}: new requests cannot be read. "
            "Run keys recover; if you do not know this key, somebody may have put it "
            "there."
        )
    return None


def examine_form(settings: Settings) -> Iterator[Finding]:
    """What the form needs, examined as the form's user."""
    try:
        key = keyfiles.read_form_key(settings.form_keys)
    except SealingError as error:
        yield fault(
            "form key", _with_advice(error, "The form is closed until init is run.")
        )
    else:
        yield good("form key", f"The form seals with {key.id}: {key.fingerprint}.")
    yield from _secret(keyfiles.read_form_secret, settings.form_keys, "form secret")


def examine_reach(settings: Settings) -> Iterator[Finding]:
    if says := readable_private_key(settings):
        yield fault("private key", says)
    else:
        yield good("private key", "The form's user can read no private key.")


def examine_desk(settings: Settings) -> Iterator[Finding]:
    """What the desk and its back-ups need, examined as the desk's user."""
    yield from examine_opening(settings)
    yield from _folder(settings.desk_keys)
    yield from _recovery(settings.desk_keys)


def examine_opening(settings: Settings) -> Iterator[Finding]:
    """What the desk needs to open requests."""
    if says := mismatch(settings):
        yield fault("private key", says)
    else:
        yield good("private key", "The desk can read what the form seals.")
    yield from _secret(keyfiles.read_desk_secret, settings.desk_keys, "desk secret")


def _with_advice(error: SealingError, where_missing: str) -> str:
    """Add advice about a missing key; other errors have their own."""
    enough = isinstance(error, keyfiles.KeyClosedError | keyfiles.KeyExposedError)
    return str(error) if enough else f"{error} {where_missing}"


def _secret(
    read: Callable[[Path], bytes], folder: Path, about: str
) -> Iterator[Finding]:
    if says := weak_secret(read, folder):
        yield fault(about, says)
        return
    try:
        read(folder)
    except SealingError as error:
        yield fault(about, _with_advice(error, "Run init: it makes what is missing."))
    else:
        yield good(about, "It is there, long enough, and its owner's only.")


def _folder(desk: Path) -> Iterator[Finding]:
    state = status_of(desk)
    if state and state.st_mode & keyfiles.OTHERS:
        yield fault("desk folder", f"Others may look into {desk}. Set mode 0700.")


def _recovery(desk: Path) -> Iterator[Finding]:
    try:
        keyfiles.read_recovery_key(desk)
    except SealingError as error:
        yield fault("recovery", f"{error} No back-up can be made without it.")
        return
    for path in sorted(desk.glob("desk-*.key")):
        if not status_of(path.with_suffix(".recovery")):
            yield fault(
                "recovery",
                f"{path} has no spare: lost, it could not be made again. Rotate keys.",
            )
    if status_of(desk / "recovery.unshown"):
        yield warning("recovery", "Nobody has seen the recovery code yet: run init.")
