"""Packages: the files of an answer, sealed to the package's own key."""

from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa

from request_app.store.database import read_all, read_one
from request_app.store.tables import package_files, packages


@dataclass(frozen=True, kw_only=True)
class Package:
    """The key of a package; its private half is sealed to the desk."""

    id: str
    case_id: str
    public_key: bytes
    key_for_desk: bytes
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class File:
    """A file of a package without its content, which can be big."""

    id: str
    package_id: str
    position: int
    name: bytes
    size: int


FILE = [
    package_files.c[name] for name in ("id", "package_id", "position", "name", "size")
]


def add(connection: sa.Connection, package: Package) -> None:
    connection.execute(sa.insert(packages), asdict(package))


def by_id(connection: sa.Connection, package_id: str) -> Package | None:
    query = sa.select(packages).where(packages.c.id == package_id)
    return read_one(connection, Package, query)


def of_case(connection: sa.Connection, case_id: str) -> list[Package]:
    """The packages of a case, oldest first."""
    query = sa.select(packages).where(packages.c.case_id == case_id)
    return read_all(connection, Package, query.order_by(packages.c.made_at))


def lock(connection: sa.Connection, package_id: str) -> Package | None:
    """Read a package and lock it: nobody else changes it until the commit."""
    query = sa.select(packages).where(packages.c.id == package_id).with_for_update()
    return read_one(connection, Package, query)


def remove(connection: sa.Connection, package_id: str) -> None:
    """Remove a package; its files go with it."""
    connection.execute(sa.delete(packages).where(packages.c.id == package_id))


def add_file(connection: sa.Connection, file: File, content: bytes) -> None:
    connection.execute(sa.insert(package_files), asdict(file) | {"content": content})


def remove_file(connection: sa.Connection, package_id: str, file_id: str) -> bool:
    """Remove a file of this package; tell whether it was there."""
    removed = connection.execute(
        sa.delete(package_files).where(
            package_files.c.id == file_id, package_files.c.package_id == package_id
        )
    )
    return removed.rowcount == 1


def files_of(connection: sa.Connection, package_id: str) -> list[File]:
    """The files of a package in their order."""
    query = (
        sa.select(*FILE)
        .where(package_files.c.package_id == package_id)
        .order_by(package_files.c.position)
    )
    return read_all(connection, File, query)


def content_of(connection: sa.Connection, file_id: str) -> bytes | None:
    """The sealed content of one file."""
    return connection.scalar(
        sa.select(package_files.c.content).where(package_files.c.id == file_id)
    )


def next_position(connection: sa.Connection, package_id: str) -> int:
    taken = connection.scalar(
        sa.select(sa.func.max(package_files.c.position)).where(
            package_files.c.package_id == package_id
        )
    )
    return 0 if taken is None else taken + 1


def first_position(connection: sa.Connection, package_id: str) -> int:
    """The position before all files: the letter is written last and comes first."""
    taken = connection.scalar(
        sa.select(sa.func.min(package_files.c.position)).where(
            package_files.c.package_id == package_id
        )
    )
    return 0 if taken is None else taken - 1
