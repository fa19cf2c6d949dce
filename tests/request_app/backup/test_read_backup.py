"""A back-up is read to its end and refused where it is not as it was made."""

import pytest

from request_app.backup.manifest import BackupError
from request_app.backup.read_backup import open_backup
from request_app.sealing import OpeningKey
from tests.request_app.backup.conftest import RECOVERY


def refused(path, key=RECOVERY):
    with pytest.raises(BackupError) as error:
        open_backup(path, key)
    return str(error.value)


def in_manifest(held):
    return held.replace(b'"cases": 2', b'"cases": 1', 1)


def test_another_code_is_refused(made):
    other = OpeningKey(b"\x34" * 32)

    assert "another one than that" in refused(made, other)


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        pytest.param(lambda held: held[:-1], "its end is cut off", id="cut"),
        pytest.param(lambda held: held[: len(held) // 2], "cut off", id="half"),
        pytest.param(lambda held: held[:100], "cut off", id="cut in the top"),
        pytest.param(lambda held: held[:-30] + b"x" * 30, "was changed", id="changed"),
        pytest.param(in_manifest, "top of the back-up was changed", id="manifest"),
        pytest.param(lambda held: b"x" + held, "no back-up of Seloste", id="other"),
        pytest.param(lambda _: b"", "no back-up of Seloste", id="empty"),
    ],
)
def test_a_file_that_is_another_one_is_refused(made, harm, told):
    held = made.read_bytes()
    assert harm(held) != held
    made.write_bytes(harm(held))

    assert told in refused(made)
