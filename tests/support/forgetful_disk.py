"""A disk that forgets what was not synced: SQLite writes to it, and the power goes.

What survives a cut is what `xSync` made durable. Of the rest nothing survives, or by
the toss of a coin each single write: a disk may write in any order. A file that was
made or removed is so for good once its folder was synced.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random

import apsw

Write = Callable[[bytearray], None]
names = count(1)


@dataclass(eq=False)
class Content:
    """One file: what the program sees, what is durable, and what lies between."""

    seen: bytearray
    durable: bytes = b""
    pending: list[Write] = field(default_factory=list)

    def write(self, change: Write) -> None:
        change(self.seen)
        self.pending.append(change)

    def sync(self) -> None:
        self.durable = bytes(self.seen)
        self.pending.clear()

    def after_a_cut(self, coin: Random | None) -> bytes:
        if coin is None or not self.pending:
            return self.durable
        survived = bytearray(self.durable)
        for change in self.pending:
            if coin.random() < 1 / 2:
                change(survived)
        return bytes(survived)


class Disk(apsw.VFS):
    """A file system in memory; `before_step` is called before each change to it."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.name = f"forgetful-{next(names)}"
        super().__init__(self.name, base="")
        self.folder = {
            name: Content(bytearray(content), content)
            for name, content in files.items()
        }
        self.durable_folder = dict(self.folder)
        self.before_step: Callable[[], None] = lambda: None

    def after_a_cut(self, coin: Random | None = None) -> dict[str, bytes]:
        folder = self.durable_folder
        if coin is not None and coin.random() < 1 / 2:
            folder = self.folder
        return {name: content.after_a_cut(coin) for name, content in folder.items()}

    def sync_folder(self) -> None:
        self.durable_folder = dict(self.folder)

    def xOpen(self, name, flags):  # noqa: N802
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        created = path not in self.folder
        if created:
            self.before_step()
            self.folder[path] = Content(bytearray())
        flags[1] = flags[0]
        return OpenFile(self, self.folder[path], new=created)

    def xDelete(self, name, syncdir):  # noqa: N802
        self.before_step()
        self.folder.pop(name, None)
        if syncdir:
            self.sync_folder()

    def xAccess(self, name, _flags):  # noqa: N802
        return name in self.folder

    def xFullPathname(self, name):  # noqa: N802
        return name


class OpenFile:
    """A file as SQLite has it open; one program alone uses the disk."""

    def __init__(self, disk: Disk, content: Content, *, new: bool) -> None:
        self.disk = disk
        self.content = content
        self.new = new

    def xRead(self, amount, offset):  # noqa: N802
        return bytes(self.content.seen[offset : offset + amount])

    def xWrite(self, data, offset):  # noqa: N802
        self.disk.before_step()
        self.content.write(_written(bytes(data), offset))

    def xTruncate(self, size):  # noqa: N802
        self.disk.before_step()
        self.content.write(_truncated(size))

    def xSync(self, _flags):  # noqa: N802
        """A new journal's first sync is one of its folder too, as on Unix."""
        self.disk.before_step()
        self.content.sync()
        if self.new:
            self.disk.sync_folder()
            self.new = False

    def xFileSize(self):  # noqa: N802
        return len(self.content.seen)

    def xSectorSize(self):  # noqa: N802
        return 4096

    def xDeviceCharacteristics(self):  # noqa: N802
        return apsw.SQLITE_IOCAP_POWERSAFE_OVERWRITE

    def xFileControl(self, _op, _pointer):  # noqa: N802
        return False

    def xCheckReservedLock(self):  # noqa: N802
        return False

    def xLock(self, _level):  # noqa: N802
        pass

    def xUnlock(self, _level):  # noqa: N802
        pass

    def xClose(self):  # noqa: N802
        pass


def _written(data: bytes, offset: int) -> Write:
    def change(content: bytearray) -> None:
        content.extend(bytes(max(0, offset - len(content))))
        content[offset : offset + len(data)] = data

    return change


def _truncated(size: int) -> Write:
    def change(content: bytearray) -> None:
        del content[size:]

    return change


@dataclass(frozen=True)
class Cut:
    """What a cut left, and how many transactions had been acknowledged before it."""

    files: dict[str, bytes]
    acknowledged: int


def cuts(
    files: dict[str, bytes], work: Callable[[Disk], Iterator[None]], seed: int
) -> list[Cut]:
    """A cut before each step of some work: once nothing unsynced survives, once some.

    The work yields whenever it acknowledges a transaction.
    """
    disk, coin, found, acknowledged = Disk(files), Random(seed), [], 0  # noqa: S311

    def cut() -> None:
        found.extend(
            Cut(disk.after_a_cut(tossed), acknowledged) for tossed in (None, coin)
        )

    disk.before_step = cut
    for _ in work(disk):
        acknowledged += 1
    cut()
    return found
