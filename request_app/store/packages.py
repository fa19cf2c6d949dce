"""Packages: what is handed over, in files that are sealed to the package's own key."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from request_app.store.tables import package_files, packages


@dataclass(frozen=True, kw_only=True)
class Package:
    """The key of a package: its public half, and the private one for the desk."""

    id: str
    case_id: str
    public_key: bytes
    key_for_desk: bytes
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class File:
    """A file without its content, which can be big."""

    id: str
    package_id: str
    position: int
    name: bytes
    size: int


FILE = [
    package_files.c[name] for name in ("id", "package_id", "position", "name", "size")
]


def add(connection: Connection, package: Package) -> None:
    connection.execute(insert(packages), asdict(package))


def by_id(connection: Connection, package_id: str) -> Package | None:
    found = _found(connection, packages.c.id == package_id)
    return found[0] if found else None


def of_case(connection: Connection, case_id: str) -> list[Package]:
    """The packages of a case, oldest first."""
    return _found(connection, packages.c.case_id == case_id)


def hold(connection: Connection, package_id: str) -> Package | None:
    """The package, which nobody else changes until the commit."""
    found = select(packages).where(packages.c.id == package_id).with_for_update()
    row = connection.execute(found).mappings().one_or_none()
    return None if row is None else Package(**row)


def remove(connection: Connection, package_id: str) -> None:
    """Remove a package; its files go with it."""
    connection.execute(delete(packages).where(packages.c.id == package_id))


def add_file(connection: Connection, file: File, content: bytes) -> None:
    connection.execute(insert(package_files), asdict(file) | {"content": content})


def remove_file(connection: Connection, package_id: str, file_id: str) -> bool:
    """Remove a file of this package; tell whether it was there."""
    gone = connection.execute(
        delete(package_files).where(
            package_files.c.id == file_id, package_files.c.package_id == package_id
        )
    )
    return gone.rowcount == 1


def files_of(connection: Connection, package_id: str) -> list[File]:
    """The files of a package in their order."""
    found = (
        select(*FILE)
        .where(package_files.c.package_id == package_id)
        .order_by(package_files.c.position)
    )
    return [File(**row) for row in connection.execute(found).mappings()]


def content_of(connection: Connection, file_id: str) -> bytes | None:
    """The sealed content of one file."""
    return connection.scalar(
        select(package_files.c.content).where(package_files.c.id == file_id)
    )


def next_position(connection: Connection, package_id: str) -> int:
    taken = connection.scalar(
        select(func.max(package_files.c.position)).where(
            package_files.c.package_id == package_id
        )
    )
    return 0 if taken is None else taken + 1


def first_position(connection: Connection, package_id: str) -> int:
    """The place before all others: a letter is written when its files are there."""
    taken = connection.scalar(
        select(func.min(package_files.c.position)).where(
            package_files.c.package_id == package_id
        )
    )
    return 0 if taken is None else taken - 1


def _found(connection: Connection, condition: ColumnElement[bool]) -> list[Package]:
    found = select(packages).where(condition).order_by(packages.c.made_at)
    return [Package(**row) for row in connection.execute(found).mappings()]
