"""Column types for both databases; SQLite's STRICT tables allow few types."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeDecorator


class Day(sa.Date):
    """A calendar day."""


class Flag(sa.Boolean):
    """Yes or no."""


class _Moment(sa.DateTime):
    pass


@compiles(Day, "sqlite")
@compiles(_Moment, "sqlite")
def _text(*_: object, **__: object) -> str:
    return "TEXT"


@compiles(Flag, "sqlite")
def _integer(*_: object, **__: object) -> str:
    return "INTEGER"


class Instant(TypeDecorator[datetime]):
    """An instant in UTC; one without a time zone is refused."""

    impl = _Moment(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: sa.Dialect
    ) -> datetime | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("An instant needs a time zone.")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(
        self, value: datetime | None, dialect: sa.Dialect
    ) -> datetime | None:
        if value is None:
            return None
        if dialect.name == "sqlite":
            return value.replace(tzinfo=UTC)
        return value.astimezone(UTC)


class Choice(TypeDecorator[StrEnum]):
    """A member of an enumeration, stored as its value."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(
        self, value: StrEnum | None, dialect: sa.Dialect
    ) -> str | None:
        del dialect
        return None if value is None else self.words(value).value

    def process_result_value(
        self, value: str | None, dialect: sa.Dialect
    ) -> StrEnum | None:
        del dialect
        return None if value is None else self.words(value)


class FactsColumn(TypeDecorator[Mapping[str, str]]):
    """A mapping of names to texts without personal data, stored as JSON."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(
        self, value: Mapping[str, str] | None, dialect: sa.Dialect
    ) -> str | None:
        del dialect
        return None if value is None else canonical(dict(value))

    def process_result_value(
        self, value: str | None, dialect: sa.Dialect
    ) -> Mapping[str, str] | None:
        del dialect
        return None if value is None else json.loads(value)


def canonical(value: object) -> str:
    """Write a value as JSON in one way only, so that its digest is always the same."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))
