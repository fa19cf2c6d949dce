"""Column types for both databases; SQLite's STRICT tables know TEXT and INTEGER."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Boolean, Date, DateTime, Dialect, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeDecorator


class Day(Date):
    """A calendar day."""


class Flag(Boolean):
    """Yes or no."""


class _Moment(DateTime):
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
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("An instant needs a time zone.")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        if value is None:
            return None
        if dialect.name == "sqlite":
            return value.replace(tzinfo=UTC)
        return value.astimezone(UTC)


class Choice(TypeDecorator[StrEnum]):
    """One of a few words."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        del dialect
        return None if value is None else self.words(value).value

    def process_result_value(
        self, value: str | None, dialect: Dialect
    ) -> StrEnum | None:
        del dialect
        return None if value is None else self.words(value)


class Facts(TypeDecorator[Mapping[str, str]]):
    """A few named texts, none of them personal data."""

    impl = Text
    cache_ok = True

    def process_bind_param(
        self, value: Mapping[str, str] | None, dialect: Dialect
    ) -> str | None:
        del dialect
        return None if value is None else canonical(dict(value))

    def process_result_value(
        self, value: str | None, dialect: Dialect
    ) -> Mapping[str, str] | None:
        del dialect
        return None if value is None else json.loads(value)


def canonical(value: object) -> str:
    """The one way a value is written as JSON, so that digests of it agree."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))
