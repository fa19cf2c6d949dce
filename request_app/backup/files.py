"""The files that go with the database: the notice, and of the keys what opens nothing.

The private keys stay out. Their spares are sealed to the recovery key, as the back-up
is: whoever opens it makes the keys again from them. The desk's secret goes along, for
hashes in the database are keyed with it.
"""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from generator.content.reader import CONTENT, SITE
from request_app.backup.manifest import BackupError
from request_app.backup.records import KeptFile
from request_app.sealing.keyfiles import DESK_FORMS, PRIVATE, RECOVERY_KEY

NOTICE, DESK = "notice", "desk"
MOST_BYTES = 16 * 1024 * 1024
KEPT = ("desk-*.recovery", RECOVERY_KEY, DESK_FORMS)
MODES = {NOTICE: 0o644, DESK: PRIVATE}


def to_keep(notice: Path, desk: Path) -> Iterator[KeptFile]:
    for path in sorted(_of_notice(notice)):
        yield _kept(path, f"{NOTICE}/{path.relative_to(notice).as_posix()}")
    for path in sorted(each for name in KEPT for each in desk.glob(name)):
        yield _kept(path, f"{DESK}/{path.name}")


def put_back(file: KeptFile, part: str, folder: Path) -> None:
    """Write a file of a part below a folder; what is there already stays."""
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
    """What the notice is made from: its files, and pictures that lie beside them."""
    if (root / SITE).is_file():
        yield root / SITE
    yield from (path for path in (root / CONTENT).rglob("*") if path.is_file())
    yield from (path for path in root.glob("*.*") if path.suffix in {".svg", ".png"})


def _kept(path: Path, name: str) -> KeptFile:
    if path.stat().st_size > MOST_BYTES:
        raise BackupError(f"{path} is too big for a back-up.")
    return KeptFile(name, path.read_bytes())
