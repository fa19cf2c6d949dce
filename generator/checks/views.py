"""The notice as a rule looks at it: as a whole, and one register at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeVar

from generator.checks import known
from generator.checks.known import Known
from generator.checks.translations import (
    Lock,
    Translation,
    read_lock,
    translations,
)
from generator.content import model
from generator.content.parts import Entry, Named
from generator.content.places import Place, Placed, Places
from generator.content.reader import CONTENT, Content
from generator.content.values import Article6, Text

AnyEntry = TypeVar("AnyEntry", bound=Entry)

REQUESTS = "data-protection-requests"  # the register of our own work on requests


class Mention(NamedTuple):
    """A text that touches a topic, and the word by which it does."""

    text: Text
    word: str


@dataclass(frozen=True)
class View:
    """The whole notice."""

    content: Content
    places: Places
    known: Known
    today: date

    @cached_property
    def registers(self) -> tuple["RegisterView", ...]:
        return tuple(RegisterView(self, each) for each in self.content.registers)

    @cached_property
    def owners(self) -> dict[str | None, "RegisterView"]:
        return {each.id: each for each in self.registers}

    @cached_property
    def translations(self) -> tuple[Translation, ...]:
        return tuple(translations(self.content, self.places))

    @cached_property
    def lock(self) -> Lock | None:
        return read_lock(self.content.root)

    @cached_property
    def users(self) -> dict[int, list["RegisterView"]]:
        """Tell which registers use an entry, by the identity of the entry."""
        users: dict[int, list[RegisterView]] = {}
        for register in self.registers:
            for entry in register.entries():
                of_entry = users.setdefault(id(entry), [])
                if not of_entry or of_entry[-1] is not register:
                    of_entry.append(register)
        return users

    def bases(self) -> Iterator[model.Basis]:
        """Give every basis that a published register rests on, once."""
        return _once(each for r in self.registers for each in r.bases)

    def recipients(self) -> Iterator[model.Disclosure]:
        return _once(each for r in self.registers for each in r.recipients)

    def sources(self) -> Iterator[model.Source]:
        return _once(each for r in self.registers for each in r.sources)

    def used_by(self, entry: Entry) -> list["RegisterView"]:
        return self.users.get(id(entry), [])

    @cached_property
    def used(self) -> set[int]:
        """Tell which entries something uses, by their identity."""
        drafts = (RegisterView(self, each) for each in self.content.drafts)
        used = {id(e) for r in (*self.registers, *drafts) for e in r.entries()}
        catalogues = self.content.catalogues
        for purpose in catalogues.purposes:
            parts = (*(purpose.data or ()), *(purpose.disclosures or ()), purpose.basis)
            used |= {id(part) for part in parts if part}
        for disclosure in catalogues.disclosures:
            used |= {id(each) for each in disclosure.data or ()}
        return used

    @cached_property
    def purposes_in_waiting(self) -> bool:
        """Tell whether the catalogue has purposes with a basis that nobody uses."""
        purposes = self.content.catalogues.purposes
        return any(each.basis and id(each) not in self.used for each in purposes)

    def only_user(self, entry: Entry) -> str | None:
        """Name the register that an entry belongs to, where it is a single one."""
        users = self.used_by(entry)
        return users[0].id if len(users) == 1 else None

    def owner(self, placed: Placed) -> str | None:
        """Name the register that a text belongs to, where it is a single one."""
        folder = f"{CONTENT}/registers/"
        if placed.path.startswith(folder):
            document = self.content.documents[placed.path]
            return str(document.value["id"]).strip()
        return self._owners.get(id(placed.text))

    @cached_property
    def _owners(self) -> dict[int, str | None]:
        """Tell to which single register the texts of the catalogues belong."""
        owners: dict[int, str | None] = {}
        for register in self.registers:
            for text in register.said():
                taken = owners.setdefault(id(text), register.id)
                owners[id(text)] = register.id if taken == register.id else None
        return owners

    def file(self, name: str) -> Place:
        return self.places.file(f"{CONTENT}/{name}")

    def shown(self, text: Text) -> str:
        """Give a text as the author knows it best."""
        return " ".join(text[self.content.site.default_language].split())

    def listed(self, texts: Iterable[Text]) -> tuple[str, ...]:
        return tuple(self.shown(text) for text in texts)

    def recipient(self, disclosure: model.Disclosure) -> str:
        return disclosure.name or self.shown(disclosure.recipient)

    def label(self, entry: Entry) -> str:
        """Name an entry for a sentence about it."""
        match entry:
            case model.Disclosure():
                return self.recipient(entry)
            case Named():
                return self.shown(entry.name)
            case model.Basis() if entry.name:
                return self.shown(entry.name)
            case model.Basis() if entry.article:
                return entry.article.value
            case _:
                return entry.id or "?"

    def outside(self, country: str | None) -> bool:
        return country is not None and country not in self.content.law.eea

    def words(self, topic: str, texts: Iterable[Text]) -> tuple[str, ...]:
        """Return the words by which texts touch a topic, each once."""
        pattern = self.known.patterns[topic]
        words = (known.found(pattern, text) for text in texts)
        return tuple(dict.fromkeys(word for word in words if word))

    def mentions(self, topic: str, texts: Iterable[Text]) -> Mention | None:
        """Return the first text that touches a topic."""
        pattern = self.known.patterns[topic]
        for text in texts:
            if word := known.found(pattern, text):
                return Mention(text, word)
        return None


@dataclass(frozen=True, eq=False)
class RegisterView:
    """One register, with what it takes from the catalogues."""

    notice: View
    register: model.Register

    @property
    def id(self) -> str:
        return self.register.id

    @cached_property
    def purposes(self) -> tuple[model.Purpose, ...]:
        return self.register.purposes or ()

    @cached_property
    def untied_purposes(self) -> tuple[model.Purpose, ...]:
        return tuple(each for each in self.purposes if each.basis is None)

    @cached_property
    def untied_bases(self) -> tuple[model.Basis, ...]:
        return self.register.bases or ()

    @cached_property
    def bases(self) -> tuple[model.Basis, ...]:
        tied = [purpose.basis for purpose in self.purposes if purpose.basis]
        return tuple(_once((*self.untied_bases, *tied)))

    @cached_property
    def data(self) -> tuple[model.DataCategory, ...]:
        of_purposes = [each for purpose in self.purposes for each in purpose.data or ()]
        return tuple(_once((*(self.register.data or ()), *of_purposes)))

    @cached_property
    def sources(self) -> tuple[model.Source, ...]:
        return self.register.sources or ()

    @cached_property
    def recipients(self) -> tuple[model.Disclosure, ...]:
        own = self.register.disclosures
        listed = own if isinstance(own, tuple) else ()
        of_purposes = [
            each for purpose in self.purposes for each in purpose.disclosures or ()
        ]
        return tuple(_once((*listed, *of_purposes)))

    @cached_property
    def periods(self) -> tuple[model.Period, ...]:
        of_purposes = [p for each in self.purposes for p in each.retention or ()]
        return (*(self.register.retention or ()), *of_purposes)

    @cached_property
    def recipients_abroad(self) -> tuple[model.Disclosure, ...]:
        outside = self.notice.outside
        return tuple(each for each in self.recipients if outside(each.country))

    @cached_property
    def transfers(self) -> model.Transfers | None:
        return self.register.transfers or self.notice.content.notice.transfers

    @cached_property
    def from_person(self) -> bool:
        """Tell whether data come from the person; while not told, they may."""
        return not self.sources or any(s.origin != "elsewhere" for s in self.sources)

    @cached_property
    def from_elsewhere(self) -> bool:
        """Tell whether data come from elsewhere; while not told, they may."""
        return not self.sources or any(s.origin != "the-person" for s in self.sources)

    def rests_on(self, *articles: Article6) -> bool:
        return any(basis.article in articles for basis in self.bases)

    def entries(self) -> Iterator[Entry]:
        yield from self.purposes
        yield from self.bases
        yield from self.data
        yield from self.sources
        yield from self.recipients
        for recipient in self.recipients:
            yield from recipient.data or ()

    def told(self, key: str) -> Place:
        """Return where a key of the register stands, or where the register begins."""
        return self.notice.places.of(self.register, key)

    def said_of_itself(self) -> Iterator[Text]:
        yield self.register.name
        if self.register.about:
            yield self.register.about
        yield from self.said_of_purposes()
        yield from self.said_of_data()

    def said(self) -> Iterator[Text]:
        yield from self.said_of_purposes()
        yield from self.said_of_data()
        yield from self.said_of_sources()
        yield from self.said_of_recipients()

    def said_of_purposes(self) -> Iterator[Text]:
        for purpose in self.purposes:
            yield purpose.name
            yield from purpose.includes or ()

    def said_of_data(self) -> Iterator[Text]:
        for each in self.data:
            yield each.name

    def said_of_sources(self) -> Iterator[Text]:
        for source in self.sources:
            yield source.name
            yield from (item.name for item in source.includes or ())
            if source.text:
                yield source.text

    def said_of_recipients(self) -> Iterator[Text]:
        for recipient in self.recipients:
            yield recipient.recipient
            if recipient.text:
                yield recipient.text
            yield from (each.name for each in recipient.data or ())


def _once(entries: Iterable[AnyEntry]) -> Iterator[AnyEntry]:
    seen: set[int] = set()
    for entry in entries:
        if id(entry) not in seen:
            seen.add(id(entry))
            yield entry
