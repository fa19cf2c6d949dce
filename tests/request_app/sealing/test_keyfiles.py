import os
import stat

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from request_app.sealing import (
    EnvelopeBrokenError,
    KeyBrokenError,
    KeyMissingError,
    Place,
    SealingError,
    new_code,
    read_code,
    seal,
    unseal,
)
from request_app.sealing.keyfiles import (
    KeyClosedError,
    KeyExposedError,
    KeyInUseError,
    KeysExistError,
    create,
    mark_shown,
    read_form_key,
    read_form_secret,
    read_keyring,
    read_recovery_key,
    recover,
    restore_form,
    retire,
    rotate,
)

PLACE = Place("sealed_parts", "envelope", "1")


@pytest.fixture
def folders(tmp_path):
    return tmp_path / "desk", tmp_path / "form"


@pytest.fixture
def created(folders):
    new = create(*folders)
    mark_shown(folders[0])
    return new


def only_key(folders):
    return next(folders[0].glob("desk-*.key"))


def test_what_the_form_seals_the_desk_opens(folders, created):
    desk, form = folders
    envelope = seal(b"text", key=read_form_key(form), place=PLACE)

    assert unseal(envelope, ring=read_keyring(desk), place=PLACE) == b"text"
    assert created.key == read_form_key(form)


@pytest.mark.usefixtures("created")
def test_private_keys_are_for_their_owner_only(folders):
    assert stat.S_IMODE(only_key(folders).stat().st_mode) == 0o400
    assert stat.S_IMODE(folders[0].stat().st_mode) == 0o700


@pytest.mark.usefixtures("created")
def test_the_form_folder_holds_no_private_key(folders):
    names = sorted(path.name for path in folders[1].iterdir())

    assert names == ["form.pub", "form.secret"]
    assert b"PUBLIC" in (folders[1] / "form.pub").read_bytes()


@pytest.mark.usefixtures("created")
def test_the_secret_of_the_form_is_its_own(folders):
    path = folders[1] / "form.secret"

    assert read_form_secret(folders[1]) == path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    path.chmod(0o444)
    with pytest.raises(KeyExposedError):
        read_form_secret(folders[1])


def test_a_short_secret_is_refused(tmp_path):
    path = tmp_path / "form.secret"
    path.touch(mode=0o400)

    with pytest.raises(KeyBrokenError, match="too short"):
        read_form_secret(tmp_path)


def test_the_recovery_code_is_on_no_disk(folders, created):
    written = b"".join(p.read_bytes() for folder in folders for p in folder.iterdir())

    assert created.recovery_code.secret.encode() not in written
    assert created.recovery_code.key.raw not in written


@pytest.mark.usefixtures("created")
def test_keys_are_not_made_twice(folders):
    with pytest.raises(KeysExistError, match="already"):
        create(*folders)


@pytest.mark.usefixtures("created")
def test_keys_half_made_are_made_anew(folders):
    (folders[1] / "form.pub").unlink()
    only_key(folders).unlink()

    again = create(*folders)

    assert read_recovery_key(folders[0]) == again.recovery_code.key.public
    assert only_key(folders).stem == f"desk-1-{again.key.id}"


def test_keys_made_anew_overwrite_no_spare(folders, created):
    desk, form = folders
    (form / "form.pub").unlink()
    only_key(folders).unlink()

    aside = create(desk, form).set_aside
    for spare in aside.glob("*.recovery"):
        spare.rename(desk / spare.name)

    assert recover(desk, created.recovery_code) == [created.key.id]


@pytest.mark.usefixtures("created")
def test_keys_are_not_made_where_the_desk_has_one(folders):
    desk, form = folders
    (form / "form.pub").unlink()
    before = {path: path.read_bytes() for path in desk.iterdir()}

    with pytest.raises(KeysExistError):
        create(desk, form)

    assert {path: path.read_bytes() for path in desk.iterdir()} == before


@pytest.mark.usefixtures("created")
def test_a_lost_key_of_the_form_is_that_of_the_newest_private_key(folders):
    desk, form = folders
    newest = rotate(desk, form)
    secret = read_form_secret(form)
    os.utime(desk / f"desk-2-{newest.id}.recovery", (0, 0))
    os.utime(desk / f"desk-2-{newest.id}.key", (0, 0))
    (form / "form.pub").unlink()

    assert restore_form(desk, form) == newest == read_form_key(form)
    assert read_form_secret(form) == secret
    assert restore_form(desk, form) is None


def test_after_a_rotation_both_keys_open(folders, created):
    desk, form = folders
    before = seal(b"before", key=read_form_key(form), place=PLACE)

    new = rotate(desk, form)

    after = seal(b"after", key=read_form_key(form), place=PLACE)
    ring = read_keyring(desk)
    assert read_form_key(form) == new != created.key
    assert unseal(before, ring=ring, place=PLACE) == b"before"
    assert unseal(after, ring=ring, place=PLACE) == b"after"


def test_a_third_key_needs_the_first_to_be_retired(folders, created):
    rotate(*folders)
    with pytest.raises(KeysExistError, match="retire"):
        rotate(*folders)

    retire(*folders, created.key.id)

    assert len(read_keyring(folders[0])) == 1
    rotate(*folders)


@pytest.mark.usefixtures("created")
def test_a_key_that_is_not_there_cannot_be_retired(folders):
    with pytest.raises(KeyMissingError):
        retire(*folders, "0" * 16)


def test_the_key_that_the_form_seals_with_is_not_retired(folders, created):
    with pytest.raises(KeyInUseError, match="Rotate first"):
        retire(*folders, created.key.id)

    assert created.key.id in read_keyring(folders[0])


def test_the_paper_code_brings_lost_keys_back(folders, created):
    second = rotate(*folders)
    for path in folders[0].glob("desk-*.key"):
        path.unlink()

    restored = recover(folders[0], read_code(str(created.recovery_code)))

    assert set(restored) == {created.key.id, second.id}
    assert second.id in read_keyring(folders[0])
    assert stat.S_IMODE(only_key(folders).stat().st_mode) == 0o400


def test_keys_that_are_there_are_left_alone(folders, created):
    assert recover(folders[0], created.recovery_code) == []


@pytest.mark.usefixtures("created")
def test_another_code_recovers_nothing(folders):
    only_key(folders).unlink()

    with pytest.raises((KeyMissingError, EnvelopeBrokenError)):
        recover(folders[0], new_code())


@pytest.mark.usefixtures("created")
def test_a_private_key_that_others_may_read_is_refused(folders):
    only_key(folders).chmod(0o440)

    with pytest.raises(KeyExposedError, match="0400"):
        read_keyring(folders[0])


def test_missing_keys_are_told(tmp_path):
    with pytest.raises(KeyMissingError, match=r"form\.pub"):
        read_form_key(tmp_path)
    with pytest.raises(KeyMissingError, match="no private key"):
        read_keyring(tmp_path)


def test_a_key_that_is_there_is_not_taken_for_missing(tmp_path):
    """A folder in its place: root, who runs the tests, may read every file."""
    (tmp_path / "form.pub").mkdir()

    with pytest.raises(KeyClosedError, match="may not read"):
        read_form_key(tmp_path)


OTHER = Ed25519PrivateKey.generate()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"not a key", id="text"),
        pytest.param(
            OTHER.public_key().public_bytes(
                Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
            ),
            id="of another kind",
        ),
    ],
)
def test_a_broken_public_key_is_told(tmp_path, content):
    (tmp_path / "form.pub").write_bytes(content)

    with pytest.raises(KeyBrokenError, match=r"form\.pub"):
        read_form_key(tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"not a key", id="text"),
        pytest.param(
            OTHER.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
            id="of another kind",
        ),
    ],
)
@pytest.mark.usefixtures("created")
def test_a_broken_private_key_is_told(folders, content):
    path = only_key(folders)
    path.chmod(0o600)
    path.write_bytes(content)

    with pytest.raises(SealingError, match="private key"):
        read_keyring(folders[0])
