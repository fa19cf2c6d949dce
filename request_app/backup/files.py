"""The files of a back-up: the notice, and those of the desk's keys that open nothing.

The private keys are left out. Their spares are included: they are sealed to the
recovery key, as the back-up is, and the keys are restored from them. The desk's secret
is included because hashes in the database are keyed with it.
"""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from generator.content.reader import CONTENT, SITE
from request_app.backup.manifest import BackupError
from request_app.backup.row_format import BackupFile
from request_app.sealing.keyfiles import DESK_FORMS, PRIVATE, RECOVERY_KEY

NOTICE, DESK = "notice", "desk"
MOST_BYTES = 16 * 1024 * 1024
DESK_FILES = ("desk-*.recovery", RECOVERY_KEY, DESK_FORMS)
MODES = {NOTICE: 0o644, DESK: PRIVATE}


def to_back_up(notice: Path, desk: Path) -> Iterator[BackupFile]:
    for path in sorted(_of_notice(notice)):
        yield _file(path, f"{NOTICE}/{path.relative_to(notice).as_posix()}")
    for path in sorted(each for name in DESK_FILES for each in desk.glob(name)):
        yield _file(path, f"{DESK}/{path.name}")


def restore_file(file: BackupFile, part: str, folder: Path) -> None:
    """Write a file of a part below a folder; refuse to replace a different one."""
    name = PurePosixPath(file.name)
    if name.parts[0] != part:
        return
    if ".." in name.parts or name.is_absolute():
        raise BackupError(f"The back-up has a file of a strange name: {file.name}.")
    path = folder.joinpath(*name.parts[1:])
    path.parent.mkdir(
        mode=0o700 if part == DESK else 0o755, parents=True, exist_ok=True
    )
    if path.exists():
        if path.read_bytes() != file.content:
            raise BackupError(f"{path} is there already, and is another one.")
        return
    path.touch(mode=0o600)
    path.write_bytes(file.content)
    path.chmod(MODES[part])


def _of_notice(root: Path) -> Iterator[Path]:
    """The files of the notice, and the pictures beside them."""
    if (root / SITE).is_file():
        yield root / SITE
    yield from (path for path in (root / CONTENT).rglob("*") if path.is_file())
    yield from (path for path in root.glob("*.*") if path.suffix in {".svg", ".png"})


def _file(path: Path, name: str) -> BackupFile:
    if path.stat().st_size > MOST_BYTES:
        raise BackupError(f"{path} is too big for a back-up.")
    return BackupFile(name, path.read_bytes())
