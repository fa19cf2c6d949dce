"""Key files: the form's folder has a public key, the desk's folder the private ones.

form/form.pub               seals what requesters send
form/form.secret            signs the form's stamps; it opens nothing
desk/desk-<n>-<id>.key      opens it; two while keys change, the newer has the larger n
desk/desk-<n>-<id>.recovery the same key, sealed to the recovery key
desk/recovery.pub           seals back-ups; its private half is the code on paper
desk/recovery.unshown       exists until that code was shown to somebody
desk/desk.secret            signs the desk's forms; it opens nothing
"""

import os
import re
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import x25519

from request_app.sealing import envelopes
from request_app.sealing.codes import AccessCode, new_code

FORM_KEY = "form.pub"
FORM_STAMPS = "form.secret"
SECRET_BYTES = 32
RECOVERY_KEY = "recovery.pub"
UNSHOWN = "recovery.unshown"
DESK_FORMS = "desk.secret"
PRIVATE, PUBLIC = 0o400, 0o444
OTHERS = stat.S_IRWXG | stat.S_IRWXO
KEYS_AT_ONCE = 2


class KeyExposedError(envelopes.SealingError):
    """Other users than its owner may read a private key."""


class KeyClosedError(envelopes.KeyMissingError):
    """The key file exists, but this user may not read it."""


class KeysExistError(envelopes.SealingError):
    """There are already as many keys as allowed."""


class KeyInUseError(envelopes.SealingError):
    """The form seals with this key."""


class NewKeys(NamedTuple):
    key: envelopes.SealingKey
    recovery_code: AccessCode  # shown once, on no disk
    set_aside: Path | None  # where the rest of earlier keys was moved


def create(desk: Path, form: Path) -> NewKeys:
    """Make the first keys; move files left from earlier keys into a folder."""
    for path in (form / FORM_KEY, *_private_files(desk)):
        if path.exists():
            raise KeysExistError(f"There are keys already: {path}.")
    if (desk / UNSHOWN).exists():
        for path in _left_over(desk):
            path.unlink()  # the code that opens it was never shown
    set_aside = _set_aside(desk)
    _write(desk / UNSHOWN, b"", PUBLIC)
    code = _new_recovery(desk)
    _make_secret(form / FORM_STAMPS)
    return NewKeys(rotate(desk, form), code, set_aside)


def resume(desk: Path, form: Path) -> AccessCode | None:
    """Finish a `create` that was interrupted; return none if there was none.

    Its recovery code was never shown and is on no disk, so there is a new one.
    """
    paths = list(_private_files(desk))
    if not (paths and (desk / UNSHOWN).exists()):
        return None
    code = _new_recovery(desk)
    for path in paths:
        _write_spare(path, _read_private(path))
    restore_form(desk, form)
    return code


def mark_shown(desk: Path) -> None:
    """Note that the recovery code was shown, so that it stays valid."""
    (desk / UNSHOWN).unlink(missing_ok=True)
    sync(desk)


def restore_form(desk: Path, form: Path) -> envelopes.SealingKey | None:
    """Restore a missing key of the form from the newest private key.

    Does nothing if the form has its key, or the desk has no private key.
    """
    if (form / FORM_KEY).exists() or not any(_private_files(desk)):
        return None
    key = _read_private(max(_private_files(desk), key=_number)).public
    _make_secret(form / FORM_STAMPS)
    _write(form / FORM_KEY, _public_pem(key), PUBLIC)
    return key


def rotate(desk: Path, form: Path) -> envelopes.SealingKey:
    """Seal with a new key from now on; the previous key still opens its envelopes."""
    if len(list(_private_files(desk))) >= KEYS_AT_ONCE:
        raise KeysExistError("Two keys are in use; retire the older one first.")
    key = envelopes.OpeningKey.generate()
    number = 1 + max(map(_number, desk.glob("desk-*")), default=0)
    path = desk / f"desk-{number}-{key.public.id}.key"
    _write_spare(path, key)
    _write(path, _private_pem(key), PRIVATE)
    _write(form / FORM_KEY, _public_pem(key.public), PUBLIC)
    return key.public


def retire(desk: Path, form: Path, key_id: str) -> None:
    """Delete a private key that is no longer used, and its spare."""
    path = next((each for each in _private_files(desk) if _id(each) == key_id), None)
    if path is None:
        raise envelopes.KeyMissingError(f"The key {key_id} is not here.")
    if read_form_key(form).id == key_id:
        raise KeyInUseError(
            f"The form seals with the key {key_id}. Rotate first, then retire it."
        )
    path.unlink()
    path.with_suffix(".recovery").unlink(missing_ok=True)


def recover(desk: Path, code: AccessCode) -> list[str]:
    """Restore each missing private key from its spare with the code on paper."""
    ring = envelopes.Keyring([code.key])
    restored = []
    for spare in sorted(desk.glob("desk-*.recovery")):
        path, key_id = spare.with_suffix(".key"), _id(spare)
        if not path.exists():
            raw = envelopes.unseal(
                spare.read_bytes(), ring=ring, place=_spare_place(key_id)
            )
            _write(path, _private_pem(envelopes.OpeningKey(raw)), PRIVATE)
            restored.append(key_id)
    return restored


def read_form_key(form: Path) -> envelopes.SealingKey:
    """Read the public key that the form seals with."""
    return _read_public(form / FORM_KEY)


def read_form_secret(form: Path) -> bytes:
    """Read the secret that signs the form's stamps and keys its address counts."""
    return _read_secret(form / FORM_STAMPS)


def make_desk_secret(desk: Path) -> None:
    """Make the desk's secret if it is missing."""
    _make_secret(desk / DESK_FORMS)


def read_desk_secret(desk: Path) -> bytes:
    """Read the secret that signs the desk's forms and keys its attempt counts."""
    return _read_secret(desk / DESK_FORMS)


def read_recovery_key(desk: Path) -> envelopes.SealingKey:
    """Read the public key that back-ups are sealed with."""
    return _read_public(desk / RECOVERY_KEY)


def read_keyring(desk: Path) -> envelopes.Keyring:
    """Read the private keys of the desk; raise KeyMissingError if there is none."""
    ring = envelopes.Keyring(_read_private(path) for path in _private_files(desk))
    if not ring:
        raise envelopes.KeyMissingError(f"There is no private key in {desk}.")
    return ring


def _private_files(desk: Path) -> Iterator[Path]:
    yield from sorted(desk.glob("desk-*.key"))


def _number(path: Path) -> int:
    """The number of a key in the order of creation, from the name of its file."""
    found = re.match(r"desk-(\d+)-", path.name)
    return int(found[1]) if found else 0


def _id(path: Path) -> str:
    return path.stem.rpartition("-")[2]


def _new_recovery(desk: Path) -> AccessCode:
    code = new_code()
    _write(desk / RECOVERY_KEY, _public_pem(code.key.public), PUBLIC)
    return code


def _write_spare(path: Path, key: envelopes.OpeningKey) -> None:
    spare = envelopes.seal(
        key.raw,
        key=_read_public(path.parent / RECOVERY_KEY),
        place=_spare_place(key.public.id),
    )
    _write(path.with_suffix(".recovery"), spare, PUBLIC)


def _left_over(desk: Path) -> list[Path]:
    return [*desk.glob("desk-*.recovery"), *desk.glob(RECOVERY_KEY)]


def _set_aside(desk: Path) -> Path | None:
    """Move spares and recovery key to a new folder; they may still be needed."""
    left = _left_over(desk)
    if not left:
        return None
    folder = Path(mkdtemp(prefix="before-", dir=desk))
    for path in left:
        path.rename(folder / path.name)
    return folder


def _make_secret(path: Path) -> None:
    if not path.exists():
        _write(path, secrets.token_bytes(SECRET_BYTES), PRIVATE)


def _read_secret(path: Path) -> bytes:
    secret = _read_guarded(path)
    if len(secret) < SECRET_BYTES:
        raise envelopes.KeyBrokenError(f"The secret in {path} is too short.")
    return secret


def _spare_place(key_id: str) -> envelopes.Place:
    return envelopes.Place("keyfiles", "recovery", key_id)


def _read_public(path: Path) -> envelopes.SealingKey:
    try:
        key = serialization.load_pem_public_key(_read(path))
    except ValueError as error:
        raise envelopes.KeyBrokenError(f"There is no public key in {path}.") from error
    if not isinstance(key, x25519.X25519PublicKey):
        raise envelopes.KeyBrokenError(f"The public key in {path} is of another kind.")
    return envelopes.SealingKey(key.public_bytes_raw())


def _read_private(path: Path) -> envelopes.OpeningKey:
    try:
        key = serialization.load_pem_private_key(_read_guarded(path), password=None)
    except (ValueError, TypeError) as error:
        raise envelopes.KeyBrokenError(f"There is no private key in {path}.") from error
    if not isinstance(key, x25519.X25519PrivateKey):
        raise envelopes.KeyBrokenError(f"The private key in {path} is of another kind.")
    return envelopes.OpeningKey(key.private_bytes_raw())


def _read_guarded(path: Path) -> bytes:
    """Read a file that only its owner may read; refuse it otherwise."""
    content = _read(path)
    if path.stat().st_mode & OTHERS:
        raise KeyExposedError(f"Others may read {path}. Set its mode to 0400.")
    return content


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise envelopes.KeyMissingError(f"There is no {path}.") from error
    except OSError as error:
        raise KeyClosedError(
            f"This user may not read {path}. Give it to the user who needs it (chown)."
        ) from error


def _write(path: Path, content: bytes, mode: int) -> None:
    """Write a file completely or not at all, never readable beyond its mode."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)
    with open(
        draft, "xb", opener=lambda name, flags: os.open(name, flags, mode)
    ) as out:
        os.fchmod(out.fileno(), mode)
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Wait until a file or folder is written to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _public_pem(key: envelopes.SealingKey) -> bytes:
    public = x25519.X25519PublicKey.from_public_bytes(key.raw)
    return public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def _private_pem(key: envelopes.OpeningKey) -> bytes:
    return key.private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
