"""The package of an answer: files sealed to a key of its own.

The desk keeps that key sealed to itself, so that the package can be delivered again
with another code when one is lost.
"""

import re
import secrets
import unicodedata
from typing import NamedTuple

from sqlalchemy import Connection

from request_app.cases.action import Action
from request_app.formatting import MEGA
from request_app.sealing import Keyring, OpeningKey, SealingKey, places, seal, unseal
from request_app.store import cases, deliveries, packages

MOST_BYTES = 20 * MEGA  # of all files of a package together
LONGEST_NAME = 120
NOT_IN_NAMES = re.compile(r'[/\\:*?"<>|]')
LETTER = ".txt"


class PackageError(Exception):
    """The package does not allow the action."""


class TooBigError(PackageError):
    """The files together exceed the limit of a package."""

    def __init__(self, room: int) -> None:
        super().__init__(f"There is room for {room} bytes.")
        self.room = room


class DeliveredError(PackageError):
    """A delivered package can’t be changed; changes need a new package."""


class Named(NamedTuple):
    """A file with its name opened and its content still sealed."""

    id: str
    name: str
    size: int

    @property
    def is_letter(self) -> bool:
        """Whether it is a text to show on the page."""
        return self.name.lower().endswith(LETTER)


def new_package(action: Action, case: cases.Case) -> packages.Package:
    """Create an empty package with its own key, which the desk can open."""
    own = OpeningKey.generate()
    package_id = secrets.token_hex(16)
    place = places.package_key_for_desk(package_id)
    package = packages.Package(
        id=package_id,
        case_id=case.id,
        public_key=own.public.raw,
        key_for_desk=action.seal(own.raw, place),
        made_at=action.at,
    )
    packages.add(action.connection, package)
    return package


def add_file(
    connection: Connection,
    package: packages.Package,
    name: str,
    content: bytes,
    *,
    first: bool = False,
) -> Named:
    """Seal a file into a package; the first file, a text, is the letter."""
    _check_open(connection, package)
    taken = sum(file.size for file in packages.files_of(connection, package.id))
    if taken + len(content) > MOST_BYTES:
        raise TooBigError(MOST_BYTES - taken)
    file_id, key = secrets.token_hex(16), SealingKey(package.public_key)
    named = Named(file_id, file_name(name), len(content))
    file = packages.File(
        id=file_id,
        package_id=package.id,
        position=(packages.first_position if first else packages.next_position)(
            connection, package.id
        ),
        name=seal(named.name.encode(), key=key, place=places.file_name(file_id)),
        size=named.size,
    )
    sealed = seal(content, key=key, place=places.file_content(file_id))
    packages.add_file(connection, file, sealed)
    return named


def remove_file(
    connection: Connection, package: packages.Package, file_id: str
) -> bool:
    """Remove a file from a package; return whether it was there."""
    _check_open(connection, package)
    return packages.remove_file(connection, package.id, file_id)


def key_of(action: Action, package: packages.Package) -> OpeningKey:
    """The key of a package, opened with the keys of the desk."""
    place = places.package_key_for_desk(package.id)
    return OpeningKey(action.open(package.key_for_desk, place))


def ring_of(action: Action, package: packages.Package) -> Keyring:
    """The keyring for the files of a package, from the keys of the desk."""
    return Keyring([key_of(action, package)])


def files_of(connection: Connection, package_id: str, ring: Keyring) -> list[Named]:
    """The files of a package, with their names opened by its key."""
    return [
        Named(
            file.id,
            unseal(file.name, ring=ring, place=places.file_name(file.id)).decode(),
            file.size,
        )
        for file in packages.files_of(connection, package_id)
    ]


def open_file(connection: Connection, file: Named, ring: Keyring) -> bytes:
    """The content of a file, opened with the key of its package."""
    sealed = packages.content_of(connection, file.id) or b""
    return unseal(sealed, ring=ring, place=places.file_content(file.id))


def file_name(given: str) -> str:
    """A file name that any system can save, and that does not mislead.

    Marks that change the direction of text can make a program look like a picture.
    """
    visible = [
        each
        for each in unicodedata.normalize("NFC", given)
        if not unicodedata.category(each).startswith("C")
    ]
    name = " ".join(NOT_IN_NAMES.sub("_", "".join(visible)).split()).strip(". ")
    if len(name) <= LONGEST_NAME:
        return name or "_"
    stem, dot, ending = name.rpartition(".")
    ending = f"{dot}{ending}"[:20] if stem else ""
    return f"{name[: LONGEST_NAME - len(ending)].rstrip('. ')}{ending}"


def _check_open(connection: Connection, package: packages.Package) -> None:
    packages.lock(connection, package.id)
    if deliveries.of_package(connection, package.id):
        raise DeliveredError("The package has been delivered.")
