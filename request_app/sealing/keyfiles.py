"""Keys on disk: the form's folder holds a public key, the desk's the private ones.

form/form.pub               closes what people send
form/form.secret            signs the form's stamps; it opens nothing
desk/desk-<n>-<id>.key      opens it; two while keys change, the newer has the larger n
desk/desk-<n>-<id>.recovery the same key, sealed to the recovery key
desk/recovery.pub           closes backups; its other half is the code on paper
desk/recovery.unshown       is there until somebody has seen that code
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

from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from request_app.sealing.codes import AccessCode, new_code
from request_app.sealing.envelopes import (
    KeyBrokenError,
    KeyMissingError,
    Keyring,
    OpeningKey,
    Place,
    SealingError,
    SealingKey,
    seal,
    unseal,
)

FORM_KEY = "form.pub"
FORM_STAMPS = "form.secret"
SECRET_BYTES = 32
RECOVERY_KEY = "recovery.pub"
UNSHOWN = "recovery.unshown"
DESK_FORMS = "desk.secret"
PRIVATE, PUBLIC = 0o400, 0o444
OTHERS = stat.S_IRWXG | stat.S_IRWXO
KEYS_AT_ONCE = 2


class KeyExposedError(SealingError):
    """Others than its owner may read a private key."""


class KeyClosedError(KeyMissingError):
    """It is there, and this user may not read it."""


class KeysExistError(SealingError):
    """There are as many keys already as there may be."""


class KeyInUseError(SealingError):
    """The form seals with this key."""


class NewKeys(NamedTuple):
    key: SealingKey
    recovery_code: AccessCode  # shown once, on no disk
    set_aside: Path | None  # where the leavings of earlier keys went


def create(desk: Path, form: Path) -> NewKeys:
    """Make the first keys; what lay there without a private key is set aside."""
    for path in (form / FORM_KEY, *_private_files(desk)):
        if path.exists():
            raise KeysExistError(f"There are keys already: {path}.")
    if (desk / UNSHOWN).exists():
        for path in _leavings(desk):
            path.unlink()  # nobody has seen the code that would open it
    set_aside = _set_aside(desk)
    _write(desk / UNSHOWN, b"", PUBLIC)
    code = _new_recovery(desk)
    _write_stamps(form)
    return NewKeys(rotate(desk, form), code, set_aside)


def resume(desk: Path, form: Path) -> AccessCode | None:
    """Finish a `create` that was cut short; none where there is nothing to finish.

    Nobody has seen its recovery code, and it is on no disk: there is a new one.
    """
    paths = list(_private_files(desk))
    if not (paths and (desk / UNSHOWN).exists()):
        return None
    code = _new_recovery(desk)
    for path in paths:
        _write_spare(path, _read_private(path))
    restore_form(desk, form)
    return code


def shown(desk: Path) -> None:
    """Note that somebody has seen the recovery code: from now on it is the one."""
    (desk / UNSHOWN).unlink(missing_ok=True)
    _sync(desk)


def restore_form(desk: Path, form: Path) -> SealingKey | None:
    """Write the form's key again where only that is gone, from the newest private key.

    Nothing is restored where the form has its key, or the desk has none.
    """
    if (form / FORM_KEY).exists() or not any(_private_files(desk)):
        return None
    key = _read_private(max(_private_files(desk), key=_number)).public
    _write_stamps(form)
    _write(form / FORM_KEY, _public_pem(key), PUBLIC)
    return key


def rotate(desk: Path, form: Path) -> SealingKey:
    """Seal with a new key from now on; the one before still opens what it closed."""
    if len(list(_private_files(desk))) >= KEYS_AT_ONCE:
        raise KeysExistError("Two keys are in use; retire the older one first.")
    key = OpeningKey.generate()
    number = 1 + max(map(_number, desk.glob("desk-*")), default=0)
    path = desk / f"desk-{number}-{key.public.id}.key"
    _write_spare(path, key)
    _write(path, _private_pem(key), PRIVATE)
    _write(form / FORM_KEY, _public_pem(key.public), PUBLIC)
    return key.public


def retire(desk: Path, form: Path, key_id: str) -> None:
    """Remove a key that nothing is sealed with any more, and its spare."""
    path = next((each for each in _private_files(desk) if _id(each) == key_id), None)
    if path is None:
        raise KeyMissingError(f"The key {key_id} is not here.")
    if read_form_key(form).id == key_id:
        raise KeyInUseError(
            f"The form seals with the key {key_id}. Rotate first, then retire it."
        )
    path.unlink()
    path.with_suffix(".recovery").unlink(missing_ok=True)


def recover(desk: Path, code: AccessCode) -> list[str]:
    """Write again each private key that is gone, from its spare and the paper code."""
    ring = Keyring([code.key])
    restored = []
    for spare in sorted(desk.glob("desk-*.recovery")):
        path, key_id = spare.with_suffix(".key"), _id(spare)
        if not path.exists():
            raw = unseal(spare.read_bytes(), ring=ring, place=_spare_place(key_id))
            _write(path, _private_pem(OpeningKey(raw)), PRIVATE)
            restored.append(key_id)
    return restored


def read_form_key(form: Path) -> SealingKey:
    """The public key the form seals with."""
    return _read_public(form / FORM_KEY)


def read_form_secret(form: Path) -> bytes:
    """The secret with which the form signs its stamps and counts addresses."""
    secret = _read_guarded(form / FORM_STAMPS)
    if len(secret) < SECRET_BYTES:
        raise KeyBrokenError(f"The secret in {form / FORM_STAMPS} is too short.")
    return secret


def read_recovery_key(desk: Path) -> SealingKey:
    """The public key that backups are sealed with."""
    return _read_public(desk / RECOVERY_KEY)


def read_keyring(desk: Path) -> Keyring:
    """The private keys of the desk; there is at least one."""
    ring = Keyring(_read_private(path) for path in _private_files(desk))
    if not ring:
        raise KeyMissingError(f"There is no private key in {desk}.")
    return ring


def _private_files(desk: Path) -> Iterator[Path]:
    yield from sorted(desk.glob("desk-*.key"))


def _number(path: Path) -> int:
    """The place of a key in the order they were made; a copied file keeps its name."""
    found = re.match(r"desk-(\d+)-", path.name)
    return int(found[1]) if found else 0


def _id(path: Path) -> str:
    return path.stem.rpartition("-")[2]


def _new_recovery(desk: Path) -> AccessCode:
    code = new_code()
    _write(desk / RECOVERY_KEY, _public_pem(code.key.public), PUBLIC)
    return code


def _write_spare(path: Path, key: OpeningKey) -> None:
    spare = seal(
        key.raw,
        key=_read_public(path.parent / RECOVERY_KEY),
        place=_spare_place(key.public.id),
    )
    _write(path.with_suffix(".recovery"), spare, PUBLIC)


def _leavings(desk: Path) -> list[Path]:
    return [*desk.glob("desk-*.recovery"), *desk.glob(RECOVERY_KEY)]


def _set_aside(desk: Path) -> Path | None:
    """Move spares and recovery key to a new folder: they may open something yet."""
    left = _leavings(desk)
    if not left:
        return None
    folder = Path(mkdtemp(prefix="before-", dir=desk))
    for path in left:
        path.rename(folder / path.name)
    return folder


def _write_stamps(form: Path) -> None:
    if not (form / FORM_STAMPS).exists():
        _write(form / FORM_STAMPS, secrets.token_bytes(SECRET_BYTES), PRIVATE)


def _spare_place(key_id: str) -> Place:
    return Place("keyfiles", "recovery", key_id)


def _read_public(path: Path) -> SealingKey:
    try:
        key = load_pem_public_key(_read(path))
    except ValueError as error:
        raise KeyBrokenError(f"There is no public key in {path}.") from error
    if not isinstance(key, X25519PublicKey):
        raise KeyBrokenError(f"The public key in {path} is of another kind.")
    return SealingKey(key.public_bytes_raw())


def _read_private(path: Path) -> OpeningKey:
    try:
        key = load_pem_private_key(_read_guarded(path), password=None)
    except (ValueError, TypeError) as error:
        raise KeyBrokenError(f"There is no private key in {path}.") from error
    if not isinstance(key, X25519PrivateKey):
        raise KeyBrokenError(f"The private key in {path} is of another kind.")
    return OpeningKey(key.private_bytes_raw())


def _read_guarded(path: Path) -> bytes:
    """What only its owner may read; where others may, it is refused."""
    content = _read(path)
    if path.stat().st_mode & OTHERS:
        raise KeyExposedError(f"Others may read {path}. Set its mode to 0400.")
    return content


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise KeyMissingError(f"There is no {path}.") from error
    except OSError as error:
        raise KeyClosedError(
            f"This user may not read {path}. Give it to the user who needs it (chown)."
        ) from error


def _write(path: Path, content: bytes, mode: int) -> None:
    """Write a file that is there whole or not at all, never more open than its mode."""
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
    _sync(path.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _public_pem(key: SealingKey) -> bytes:
    public = X25519PublicKey.from_public_bytes(key.raw)
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _private_pem(key: OpeningKey) -> bytes:
    return key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def make_desk_secret(desk: Path) -> None:
    """Write the desk's secret where it has none yet."""
    path = desk / DESK_FORMS
    if not path.exists():
        _write(path, secrets.token_bytes(SECRET_BYTES), PRIVATE)


def read_desk_secret(desk: Path) -> bytes:
    """The secret with which the desk signs its forms and counts sign-ins."""
    secret = _read_guarded(desk / DESK_FORMS)
    if len(secret) < SECRET_BYTES:
        raise KeyBrokenError(f"The secret in {desk / DESK_FORMS} is too short.")
    return secret
