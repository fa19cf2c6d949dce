"""What texts are compared with: words, services, old laws, adequacy decisions."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Self

import yaml
from pydantic import BaseModel, ConfigDict

from generator.content.values import Text

_FILE = Path(__file__).with_name("reference_data.yaml")


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Accountable(_Record):
    """Words for data that need a purpose, and the words of such a purpose."""

    data: tuple[str, ...]
    purpose: tuple[str, ...]


class Service(_Record):
    name: str
    also: str | None = None
    country: str
    tool: bool = False  # it processes data for its user: a recipient, not a source

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, self.also) if self.also else (self.name,)


class Renamed(_Record):
    name: str
    now: str
    since: str


class Repealed(_Record):
    words: tuple[str, ...]
    now: str
    since: str


class Adequacy(_Record):
    """A decision of the European Commission under GDPR Art. 45."""

    country: str
    act: str
    decided_on: date
    until: date | None = None
    only: Mapping[str, str] | None = None

    def holds(self, today: date) -> bool:
        return self.decided_on <= today and (self.until is None or today <= self.until)


class ReferenceData(_Record):
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
    def patterns(self) -> Mapping[str, re.Pattern[str]]:
        return {
            topic: word_pattern(each for stems in languages.values() for each in stems)
            for topic, languages in self.topics.items()
        }

    def services_in(self, texts: Iterable[str]) -> Iterator[tuple[Service, str]]:
        """Yield the services that the texts name, in order, each with its spelling."""
        together = "\n".join(texts)
        named = [
            (match.start(), service, name)
            for service in self.services
            for name in service.names
            if (match := _name_pattern(name).search(together))
        ]
        for _, service, name in sorted(named, key=lambda each: each[0]):
            yield service, name

    def renamed_in(self, texts: Iterable[str]) -> Iterator[Renamed]:
        """Yield the services that the texts call by a former name."""
        together = "\n".join(texts)
        for service in self.renamed:
            if _name_pattern(service.name).search(together):
                yield service


def word_pattern(stems: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of the words that begin with one of these stems."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(stems)})", re.IGNORECASE)


def first_word(pattern: re.Pattern[str], text: Text) -> str | None:
    """Return the first word that matches, whole, in the first language that has one."""
    for words in text.root.values():
        if match := pattern.search(words):
            rest = re.match(r"\w*", words[match.end() :])
            return match[0] + (rest[0] if rest else "")
    return None


@cache
def reference_data() -> ReferenceData:
    return ReferenceData.read()


@cache
def _name_pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}")
