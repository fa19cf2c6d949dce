"""The table of a register: which purpose has which basis, data, recipients, times."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from generator.content.model import (
    Basis,
    DataCategory,
    Disclosure,
    Period,
    Purpose,
    Register,
)

Cells = tuple[tuple[Any, ...], ...]


class TableRow(NamedTuple):
    """Purposes that share all other cells; none in a row on the whole register."""

    purposes: tuple[Purpose, ...]
    bases: tuple[Basis, ...]
    data: tuple[DataCategory, ...]
    recipients: tuple[Disclosure, ...]
    retention: tuple[Period, ...]


def recipients(register: Register) -> tuple[Disclosure, ...]:
    """Return the recipients of a register's data, empty also if not stated."""
    return register.disclosures if isinstance(register.disclosures, tuple) else ()


def rows(register: Register) -> Iterable[TableRow]:
    """Return the rows, in which no cell states more than the author did.

    If no purpose has entries of its own in a column, all get the register's list there;
    so purposes without any entries of their own share one row. If some have, the cells
    of the others stay empty, and a last row on the whole register has what is left.
    """
    purposes = register.purposes or ()
    shared = (
        register.bases or (),
        register.data or (),
        recipients(register),
        register.retention or (),
    )
    own = [_own(purpose) for purpose in purposes]
    has_own = [any(cells) for cells in zip(*own, strict=True)]
    grouped: dict[tuple[tuple[int, ...], ...], TableRow] = {}
    for purpose, cells in zip(purposes, own, strict=True):
        row: list[tuple[Any, ...]] = [
            cell if some_own else whole_list
            for cell, some_own, whole_list in zip(cells, has_own, shared, strict=True)
        ]
        same = tuple(tuple(map(id, cell)) for cell in row)
        before = grouped[same].purposes if same in grouped else ()
        grouped[same] = TableRow((*before, purpose), *row)
    return [*grouped.values(), *_left_over(own, has_own, shared)]


def _own(purpose: Purpose) -> Cells:
    return (
        (purpose.basis,) if purpose.basis else (),
        purpose.data or (),
        purpose.disclosures or (),
        purpose.retention or (),
    )


def _left_over(
    own: list[Cells],
    has_own: list[bool],
    shared: Cells,
) -> Iterable[TableRow]:
    rest = [
        tuple(each for each in column if some_own and not _within(each, own, place))
        for place, (column, some_own) in enumerate(zip(shared, has_own, strict=True))
    ]
    if any(rest):
        yield TableRow((), *rest)


def _within(item: object, own: list[Cells], place: int) -> bool:
    return any(item is each for cells in own for each in cells[place])
