"""Processing as a table: purpose × basis × data × recipients × times."""

from collections.abc import Iterable
from typing import NamedTuple

from generator.content.model import (
    Basis,
    DataCategory,
    Disclosure,
    Period,
    Purpose,
    Register,
)


class Row(NamedTuple):
    """Purposes that share their bases, data, recipients and times."""

    purposes: tuple[Purpose, ...]
    bases: tuple[Basis, ...]
    data: tuple[DataCategory, ...]
    recipients: tuple[Disclosure, ...]
    retention: tuple[Period, ...]


def recipients(register: Register) -> tuple[Disclosure, ...]:
    """Return those who get a register's data; none if nobody, or if it is not told."""
    return register.disclosures if isinstance(register.disclosures, tuple) else ()


def rows(register: Register) -> Iterable[Row]:
    """Return the table: what is not tied to one purpose is said of all that lack it.

    So purposes without ties of their own stand in one row with the register's lists,
    and no cell claims more than its author did.
    """
    rows: dict[tuple[tuple[int, ...], ...], Row] = {}
    for purpose in register.purposes or ():
        row = Row(
            (purpose,),
            (purpose.basis,) if purpose.basis else register.bases or (),
            purpose.data or register.data or (),
            purpose.disclosures or recipients(register),
            purpose.retention or register.retention or (),
        )
        same = tuple(tuple(map(id, cell)) for cell in row[1:])
        earlier = rows.get(same)
        before = earlier.purposes if earlier else ()
        rows[same] = row._replace(purposes=(*before, purpose))
    return rows.values()
