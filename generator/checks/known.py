"""What the check knows of the world: words, services, old laws, adequacy decisions."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Self

import yaml
from pydantic import BaseModel, ConfigDict

from generator.content.values import Text

_FILE = Path(__file__).with_name("known.yaml")

Words = re.Pattern[str]


class _Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Accountable(_Fact):
    """Data that some purpose should account for, and the words by which one would."""

    data: tuple[str, ...]
    purpose: tuple[str, ...]


class Service(_Fact):
    name: str
    also: str | None = None
    country: str
    tool: bool = False  # it works for its user: a recipient, not a source

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, self.also) if self.also else (self.name,)


class Renamed(_Fact):
    name: str
    now: str
    since: str


class Repealed(_Fact):
    words: tuple[str, ...]
    now: str
    since: str


class Adequacy(_Fact):
    """A decision of the European Commission under GDPR Art. 45."""

    country: str
    act: str
    decided_on: date
    until: date | None = None
    only: Mapping[str, str] | None = None

    def holds(self, today: date) -> bool:
        return self.decided_on <= today and (self.until is None or today <= self.until)


class Known(_Fact):
    checked_on: date
    topics: Mapping[str, Mapping[str, tuple[str, ...]]]
    accountable: tuple[Accountable, ...]
    services: tuple[Service, ...]
    renamed: tuple[Renamed, ...]
    repealed: tuple[Repealed, ...]
    old_addresses: tuple[str, ...]
    adequacy: tuple[Adequacy, ...]

    @classmethod
    def read(cls, file: Path = _FILE) -> Self:
        return cls.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))

    @cached_property
    def patterns(self) -> Mapping[str, Words]:
        return {
            topic: words(each for stems in languages.values() for each in stems)
            for topic, languages in self.topics.items()
        }

    def services_in(self, texts: Iterable[str]) -> Iterator[tuple[Service, str]]:
        """Give the services that the texts name, in their order and their spelling."""
        together = "\n".join(texts)
        named = [
            (match.start(), service, name)
            for service in self.services
            for name in service.names
            if (match := _name(name).search(together))
        ]
        for _, service, name in sorted(named, key=lambda each: each[0]):
            yield service, name

    def renamed_in(self, texts: Iterable[str]) -> Iterator[Renamed]:
        """Give the services that the texts call by a name they had before."""
        together = "\n".join(texts)
        for service in self.renamed:
            if _name(service.name).search(together):
                yield service


def words(stems: Iterable[str]) -> Words:
    """Make a pattern of words by how they begin."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(stems)})", re.IGNORECASE)


def found(pattern: Words, text: Text) -> str | None:
    """Return the first word of a text that matches, whole, in its first language."""
    for said in text.root.values():
        if match := pattern.search(said):
            rest = re.match(r"\w*", said[match.end() :])
            return match[0] + (rest[0] if rest else "")
    return None


@cache
def known() -> Known:
    return Known.read()


@cache
def _name(name: str) -> Words:
    return re.compile(rf"(?<!\w){re.escape(name)}")
