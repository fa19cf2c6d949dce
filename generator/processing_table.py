"""Processing as a table: purpose × basis × data × recipients × times."""

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


class TableRow(NamedTuple):
    """Purposes that share their other cells; without purposes, the whole register."""

    purposes: tuple[Purpose, ...]
    bases: tuple[Basis, ...]
    data: tuple[DataCategory, ...]
    recipients: tuple[Disclosure, ...]
    retention: tuple[Period, ...]


def recipients(register: Register) -> tuple[Disclosure, ...]:
    """Return those who get a register's data; none if nobody, or if it is not told."""
    return register.disclosures if isinstance(register.disclosures, tuple) else ()


def rows(register: Register) -> Iterable[TableRow]:
    """Return the table, in which no cell claims more than its author did.

    A column that no purpose has ties in holds the register's own list for all of them,
    so purposes without any ties stand in one row. Where some purposes have ties, the
    others stay empty, and what is left over is said of the whole register.
    """
    purposes = register.purposes or ()
    shared = (
        register.bases or (),
        register.data or (),
        recipients(register),
        register.retention or (),
    )
    own = [_own(purpose) for purpose in purposes]
    tied = [any(cells) for cells in zip(*own, strict=True)]
    grouped: dict[tuple[tuple[int, ...], ...], TableRow] = {}
    for purpose, cells in zip(purposes, own, strict=True):
        told: list[tuple[Any, ...]] = [
            cell if is_tied else all_of_it
            for cell, is_tied, all_of_it in zip(cells, tied, shared, strict=True)
        ]
        same = tuple(tuple(map(id, cell)) for cell in told)
        before = grouped[same].purposes if same in grouped else ()
        grouped[same] = TableRow((*before, purpose), *told)
    return [*grouped.values(), *_left_over(own, tied, shared)]


def _own(purpose: Purpose) -> tuple[tuple[Any, ...], ...]:
    return (
        (purpose.basis,) if purpose.basis else (),
        purpose.data or (),
        purpose.disclosures or (),
        purpose.retention or (),
    )


def _left_over(
    own: list[tuple[tuple[Any, ...], ...]],
    tied: list[bool],
    shared: tuple[tuple[Any, ...], ...],
) -> Iterable[TableRow]:
    rest = [
        tuple(each for each in column if is_tied and not _within(each, own, place))
        for place, (column, is_tied) in enumerate(zip(shared, tied, strict=True))
    ]
    if any(rest):
        yield TableRow((), *rest)


def _within(item: object, own: list[tuple[tuple[Any, ...], ...]], place: int) -> bool:
    return any(item is each for cells in own for each in cells[place])
