"""Publishes a site as a whole or not at all.

The new files are written into a folder of their own under `.builds`, synced to disk,
and put in place by renaming one symlink. Readers get the old site or the new one; a
build that is killed, or runs out of disk space, leaves the old one.
"""

import errno
import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from gettext import NullTranslations
from pathlib import Path
from typing import NamedTuple

from generator.languages import N_

BUILDS = ".builds"  # beside the site: a rename works within one file system only
KINDS = (".css", ".html", ".json", ".png", ".svg", ".txt", ".xml")

MESSAGES: Mapping[str, str] = {
    "in_the_way": N_(
        "“%(path)s” is not a site that this program made, so it stays as it is. "
        "Move it away, or name another folder with --output."
    ),
    "not_public": N_(
        "“%(path)s” may not be published. The name of a file begins with a letter or a "
        "digit, has only letters a–z, digits, - and _, and ends in one of: %(known)s."
    ),
    "twice": N_("“%(path)s” would be published twice. Rename one of the two."),
    "disk_full": N_(
        "There is no room left on the disk. Nothing was published; "
        "the site is as it was."
    ),
    "no_right": N_(
        "“%(path)s” cannot be written: you have no right to. Nothing was published."
    ),
    "cannot_write": N_(
        "“%(path)s” cannot be written (%(reason)s). Nothing was published."
    ),
}

_ENDINGS = "|".join(kind.removeprefix(".") for kind in KINDS)
_PUBLIC = re.compile(
    rf"([a-zA-Z0-9][\w-]*/)*[a-zA-Z0-9][\w.-]*\.({_ENDINGS})", re.ASCII
)


class PublishResult(NamedTuple):
    """How many files the site has, and whether it has changed."""

    files: int
    changed: bool


class PublishError(Exception):
    """Nothing was published, for the reason in `message`; the site is as it was."""

    def __init__(self, kind: str, **values: str) -> None:
        self.kind, self.values = kind, values
        super().__init__(MESSAGES[kind] % values)

    def message(self, messages: NullTranslations) -> str:
        return messages.gettext(MESSAGES[self.kind]) % self.values


def publish(pages: Iterable[tuple[str, bytes]], output: Path) -> PublishResult:
    """Make `output` a site of exactly these files, or leave it as it is.

    The iteration over the pages begins when no other build is at work in that folder.
    """
    output = output.absolute()
    with _locked(output.parent / BUILDS) as builds:
        before = _published_build(output)
        tree = _new_tree(builds, output.name)
        try:
            new = {path: _add_file(path, text, tree, before) for path, text in pages}
            if not any(new.values()) and before and new.keys() == _files_of(before):
                return PublishResult(len(new), changed=False)
            build = _finish(tree)
            _point_site_to(build, output)
        finally:
            shutil.rmtree(tree, ignore_errors=True)
        # The previous build stays: somebody may be reading it.
        _remove_builds(builds, output.name, keep={build, before})
    return PublishResult(len(new), changed=True)


@contextmanager
def _os_errors_explained() -> Iterator[None]:
    """Turn an error of the system into a PublishError."""
    try:
        yield
    except OSError as error:
        kind = _SYSTEM.get(error.errno or 0, "cannot_write")
        reason = error.strerror or type(error).__name__
        path = str(error.filename or "")
        raise PublishError(kind, path=path, reason=reason) from error


_SYSTEM = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EFBIG: "disk_full",
    errno.EACCES: "no_right",
    errno.EPERM: "no_right",
    errno.EROFS: "no_right",
}


@contextmanager
def _locked(builds: Path) -> Iterator[Path]:
    """Wait until no other build works in this folder, and lock it."""
    with _os_errors_explained():
        builds.mkdir(parents=True, exist_ok=True)
        builds.chmod(0o755)  # the web server must get through, whatever the umask
        lock = os.open(builds / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield builds
    finally:
        os.close(lock)


def _published_build(output: Path) -> Path | None:
    """Return the build that is published now; refuse to replace anything else."""
    if not output.is_symlink():
        if output.exists():
            raise PublishError("in_the_way", path=str(output))
        return None
    build = output.parent / output.readlink()
    if build.parent != output.parent / BUILDS or not _is_build(build, output.name):
        raise PublishError("in_the_way", path=str(output))
    return build if build.is_dir() else None


def _is_build(folder: Path, name: str) -> bool:
    return bool(re.fullmatch(rf"{re.escape(name)}-[0-9a-f]{{16}}", folder.name))


@_os_errors_explained()
def _new_tree(builds: Path, name: str) -> Path:
    """Make an empty folder, and remove what killed builds have left."""
    for dead in builds.glob("*.part"):
        shutil.rmtree(dead)
    tree = builds / f"{name}-{secrets.token_hex(8)}.part"
    tree.mkdir()
    tree.chmod(0o755)
    return tree


@_os_errors_explained()
def _add_file(path: str, content: bytes, tree: Path, before: Path | None) -> bool:
    """Add a file to the tree; return whether it differs from the published one."""
    if not _PUBLIC.fullmatch(path):
        raise PublishError("not_public", path=path, known=" ".join(KINDS))
    file = tree / path
    _make_folders(file.parent, tree)
    if file.exists():
        raise PublishError("twice", path=path)
    if before and _has_content(before / path, content) and _linked(file, before / path):
        return False
    file.write_bytes(content)
    file.chmod(0o644)
    return True


def _make_folders(folder: Path, tree: Path) -> None:
    if folder != tree and not folder.is_dir():
        _make_folders(folder.parent, tree)
        folder.mkdir()
        folder.chmod(0o755)


def _has_content(file: Path, content: bytes) -> bool:
    with suppress(OSError):
        return file.stat().st_size == len(content) and file.read_bytes() == content
    return False


def _linked(file: Path, published: Path) -> bool:
    """Share a published file by a hard link; return False where that is impossible."""
    try:
        file.hardlink_to(published)
    except OSError:
        return False
    return True


def _files_of(build: Path) -> Collection[str]:
    files = (file for file in build.rglob("*") if not file.is_dir())
    return {file.relative_to(build).as_posix() for file in files}


@_os_errors_explained()
def _finish(tree: Path) -> Path:
    """Sync the tree to disk and give it its final name: from then on it is complete."""
    for folder, _, files in os.walk(tree, topdown=False):
        # All files are written by now, so that one sync covers many of them.
        for file in files:
            _sync(Path(folder, file))
        _sync(Path(folder))
    build = tree.rename(tree.with_suffix(""))
    _sync(build.parent)
    return build


@_os_errors_explained()
def _point_site_to(build: Path, output: Path) -> None:
    """Point the site to a build, in one step."""
    link = build.with_name(f"{build.name}.link")
    link.symlink_to(Path(BUILDS, build.name))
    link.replace(output)
    _sync(output.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_builds(builds: Path, name: str, *, keep: Collection[Path | None]) -> None:
    for build in builds.iterdir():
        if _is_build(build, name) and build not in keep:
            shutil.rmtree(build, ignore_errors=True)
        elif build.suffix == ".link":
            build.unlink(missing_ok=True)
