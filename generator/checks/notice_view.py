"""The notice as rules see it: as a whole, and one register at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeVar

from generator.checks import reference_data, translation_lock
from generator.checks.findings import Observation, Value
from generator.content import model, reader
from generator.content.base_model import CatalogueEntry, WithName
from generator.content.locations import LocatedText, Location, Locations
from generator.content.values import Article6, Text

AnyEntry = TypeVar("AnyEntry", bound=CatalogueEntry)


class Mention(NamedTuple):
    """A text that mentions a topic, and the word by which it does."""

    text: Text
    word: str


@dataclass(frozen=True)
class NoticeView:
    """The whole notice, and what the check compares it with."""

    content: reader.Content
    locations: Locations
    reference: reference_data.ReferenceData
    today: date

    @cached_property
    def registers(self) -> tuple["RegisterView", ...]:
        return tuple(RegisterView(self, each) for each in self.content.registers)

    @cached_property
    def registers_by_id(self) -> dict[str | None, "RegisterView"]:
        return {each.id: each for each in self.registers}

    @cached_property
    def translations(self) -> tuple[translation_lock.Translation, ...]:
        return tuple(translation_lock.translations(self.content, self.locations))

    @cached_property
    def lock(self) -> translation_lock.Lock | None:
        return translation_lock.read_lock(self.content.root)

    @cached_property
    def _users(self) -> dict[int, list["RegisterView"]]:
        """The registers that use an entry, by the identity of the entry."""
        users: dict[int, list[RegisterView]] = {}
        for register in self.registers:
            for entry in register.entries():
                of_entry = users.setdefault(id(entry), [])
                if not of_entry or of_entry[-1] is not register:
                    of_entry.append(register)
        return users

    def bases(self) -> Iterator[model.Basis]:
        """Yield every basis that a published register rests on, once."""
        return _once(each for r in self.registers for each in r.bases)

    def recipients(self) -> Iterator[model.Disclosure]:
        return _once(each for r in self.registers for each in r.recipients)

    def sources(self) -> Iterator[model.Source]:
        return _once(each for r in self.registers for each in r.sources)

    def used_by(self, entry: CatalogueEntry) -> list["RegisterView"]:
        return self._users.get(id(entry), [])

    @cached_property
    def used(self) -> set[int]:
        """The identities of the entries that something uses, drafts included."""
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
    def has_unused_purpose(self) -> bool:
        """Whether the catalogue has a purpose with a basis that nothing uses."""
        purposes = self.content.catalogues.purposes
        return any(each.basis and id(each) not in self.used for each in purposes)

    def only_user(self, entry: CatalogueEntry) -> str | None:
        """Return the id of the register that uses an entry, if only one does."""
        users = self.used_by(entry)
        return users[0].id if len(users) == 1 else None

    def register_of(self, located: LocatedText) -> str | None:
        """Return the id of the register that a text belongs to, if only one does."""
        folder = f"{reader.CONTENT}/registers/"
        if located.path.startswith(folder):
            document = self.content.documents[located.path]
            return str(document.value["id"]).strip()
        return self._register_by_text.get(id(located.text))

    @cached_property
    def _register_by_text(self) -> dict[int, str | None]:
        """The only register that uses a text of the catalogues, by its identity."""
        found: dict[int, str | None] = {}
        for register in self.registers:
            for text in register.texts():
                other = found.setdefault(id(text), register.id)
                found[id(text)] = register.id if other == register.id else None
        return found

    def file_location(self, name: str) -> Location:
        return self.locations.of_file(f"{reader.CONTENT}/{name}")

    def observe(
        self,
        entry: CatalogueEntry,
        at: model.Safeguard | None = None,
        variant: str | None = None,
        **values: Value,
    ) -> Observation:
        """Point at an entry, or at a part of it, and at its register if it has one."""
        return Observation(
            self.locations.of(at or entry),
            variant=variant,
            register=self.only_user(entry),
            entry=entry.id,
            subject=self.label(entry),
            **values,
        )

    def in_default_language(self, text: Text) -> str:
        return " ".join(text[self.content.site.default_language].split())

    def names(self, texts: Iterable[Text]) -> tuple[str, ...]:
        """Return names in the default language, to be quoted one by one."""
        return tuple(self.in_default_language(text) for text in texts)

    def recipient(self, disclosure: model.Disclosure) -> str:
        return disclosure.name or self.in_default_language(disclosure.recipient)

    def label(self, entry: CatalogueEntry) -> str:
        """Name an entry for a sentence about it."""
        match entry:
            case model.Disclosure():
                return self.recipient(entry)
            case WithName():
                return self.in_default_language(entry.name)
            case model.Basis() if entry.name:
                return self.in_default_language(entry.name)
            case model.Basis() if entry.article:
                return entry.article.value
            case _:
                return entry.id or "?"

    def outside_eea(self, country: str | None) -> bool:
        return country is not None and country not in self.content.law.eea

    def matching_words(self, topic: str, texts: Iterable[Text]) -> tuple[str, ...]:
        """Return the words by which texts mention a topic, each once."""
        pattern = self.reference.patterns[topic]
        words = (reference_data.first_word(pattern, text) for text in texts)
        return tuple(dict.fromkeys(word for word in words if word))

    def first_mention(self, topic: str, texts: Iterable[Text | None]) -> Mention | None:
        """Return the first text that mentions a topic."""
        pattern = self.reference.patterns[topic]
        for text in filter(None, texts):
            if word := reference_data.first_word(pattern, text):
                return Mention(text, word)
        return None


@dataclass(frozen=True, eq=False)
class RegisterView:
    """One register, with what it takes from the catalogues."""

    notice: NoticeView
    register: model.Register

    @property
    def id(self) -> str:
        return self.register.id

    @cached_property
    def purposes(self) -> tuple[model.Purpose, ...]:
        return self.register.purposes or ()

    @cached_property
    def purposes_without_basis(self) -> tuple[model.Purpose, ...]:
        return tuple(each for each in self.purposes if each.basis is None)

    @cached_property
    def bases_without_purpose(self) -> tuple[model.Basis, ...]:
        return self.register.bases or ()

    @cached_property
    def bases(self) -> tuple[model.Basis, ...]:
        tied = [purpose.basis for purpose in self.purposes if purpose.basis]
        return tuple(_once((*self.bases_without_purpose, *tied)))

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
        outside = self.notice.outside_eea
        return tuple(each for each in self.recipients if outside(each.country))

    @cached_property
    def transfers(self) -> model.Transfers | None:
        return self.register.transfers or self.notice.content.notice.transfers

    @cached_property
    def from_person(self) -> bool:
        """Whether data come from the person, or may do as no source is named."""
        return not self.sources or any(s.origin != "elsewhere" for s in self.sources)

    @cached_property
    def from_elsewhere(self) -> bool:
        """Whether data come from elsewhere, or may do as no source is named."""
        return not self.sources or any(s.origin != "the-person" for s in self.sources)

    def rests_on(self, *articles: Article6) -> bool:
        return any(basis.article in articles for basis in self.bases)

    def entries(self) -> Iterator[CatalogueEntry]:
        yield from self.purposes
        yield from self.bases
        yield from self.data
        yield from self.sources
        yield from self.recipients
        for recipient in self.recipients:
            yield from recipient.data or ()

    def observe(
        self,
        key: str,
        *,
        variant: str | None = None,
        entry: str | None = None,
        **values: Value,
    ) -> Observation:
        """Point at a key of the register, or at its beginning if the key is missing."""
        location = self.notice.locations.of(self.register, key)
        return Observation(
            location, variant=variant, register=self.id, entry=entry, **values
        )

    def own_texts(self) -> Iterator[Text]:
        """Yield the texts on the register itself, its purposes and its data."""
        yield self.register.name
        if self.register.about:
            yield self.register.about
        yield from self.purpose_texts()
        yield from self.data_texts()

    def texts(self) -> Iterator[Text]:
        """Yield the texts that may come from the catalogues."""
        yield from self.purpose_texts()
        yield from self.data_texts()
        yield from self.source_texts()
        yield from self.recipient_texts()

    def purpose_texts(self) -> Iterator[Text]:
        for purpose in self.purposes:
            yield purpose.name
            yield from purpose.includes or ()

    def data_texts(self) -> Iterator[Text]:
        for each in self.data:
            yield each.name

    def source_texts(self) -> Iterator[Text]:
        for source in self.sources:
            yield source.name
            yield from (item.name for item in source.includes or ())
            if source.text:
                yield source.text

    def recipient_texts(self) -> Iterator[Text]:
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
