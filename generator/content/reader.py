"""Reads all files of an organisation, and tells every problem of every file at once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from generator.content import model
from generator.content.documents import Document, Loc, Mark, read, read_text
from generator.content.law import Law
from generator.content.parts import FAULTY, FORMS, Part
from generator.content.problems import ContentError, Hint, Problem, problem_of
from generator.content.site import Site
from generator.content.values import ID_FORM, Reading
from generator.languages import available
from generator.resources import TRANSLATIONS

SITE = "site.yaml"
CONTENT = "content"
LAW = Path(__file__).with_name("law_fi.yaml")
LAW_LANGUAGES = frozenset({"fi", "sv", "en"})

FILES = tuple(
    f"{kind}.yaml"
    for kind in (
        "controller",
        "notice",
        "purposes",
        "data",
        "sources",
        "disclosures",
    )
)

# Files beside the content that other parts of the product keep there.
COMPANIONS = ("answers.yaml", "translations.lock")

AnyPart = TypeVar("AnyPart", bound=Part)


@dataclass(frozen=True)
class Page:
    """A free page in one language."""

    title: str
    markdown: str
    path: str


@dataclass(frozen=True)
class Catalogues:
    """All entries of all catalogues, used or not."""

    bases: tuple[model.Basis, ...]
    purposes: tuple[model.Purpose, ...]
    data: tuple[model.DataCategory, ...]
    sources: tuple[model.Source, ...]
    disclosures: tuple[model.Disclosure, ...]


@dataclass(frozen=True)
class Content:
    """Everything an organisation says, and the law that goes with it."""

    root: Path
    site: Site
    law: Law
    organisation: model.ControllerFile
    notice: model.Notice
    catalogues: Catalogues
    registers: tuple[model.Register, ...]
    drafts: tuple[model.Register, ...]  # registers that notice.yaml leaves out
    pages: Mapping[str, Mapping[str, Page]]
    documents: Mapping[str, Document] = field(repr=False)

    def register(self, register_id: str) -> model.Register:
        return next(each for each in self.registers if each.id == register_id)


def read_content(root: Path, *, translations: Path = TRANSLATIONS) -> Content:
    """Read an organisation's content; raise ContentError with every problem."""
    reader = _Reader(root, available(translations))
    content = reader.content()
    if reader.problems or content is None:
        raise ContentError(reader.problems)
    return content


@cache
def law_pack(languages: tuple[str, ...]) -> tuple[Law | None, tuple[Problem, ...]]:
    """Read the law pack, whose texts are needed in the languages of the site too."""
    reader = _Reader(LAW.parent, LAW_LANGUAGES | set(languages))
    reader.reading = Reading(languages, reader.known_languages)
    law = reader.part(LAW.name, Law)
    return law, tuple(reader.problems)


class _Reader:
    def __init__(self, root: Path, known_languages: frozenset[str]) -> None:
        self.root = root
        self.known_languages = known_languages
        self.problems: list[Problem] = []
        self.documents: dict[str, Document] = {}
        self.reading = Reading((), known_languages)

    def content(self) -> Content | None:
        site = self.part(SITE, Site)
        self.reading = Reading(self._languages(), self.known_languages)
        law, of_law = law_pack(self.reading.languages)
        self.problems += of_law
        # In this order: a file may use the ids of those before it.
        data = self.part("content/data.yaml", model.DataFile)
        sources = self.part("content/sources.yaml", model.SourcesFile)
        disclosures = self.part("content/disclosures.yaml", model.DisclosuresFile)
        purposes = self.part("content/purposes.yaml", model.PurposesFile)
        organisation = self.part("content/controller.yaml", model.ControllerFile)
        notice = self.part("content/notice.yaml", model.Notice)
        registers = dict(self._registers())
        pages = self._pages()
        self._strangers()
        published = self._published(notice, registers)
        if not (site and law and data and sources and disclosures):
            return None
        if not (purposes and organisation and notice):
            return None
        return Content(
            root=self.root,
            site=site,
            law=law,
            organisation=organisation,
            notice=notice,
            catalogues=Catalogues(
                bases=purposes.bases or (),
                purposes=purposes.purposes,
                data=data.data,
                sources=sources.sources,
                disclosures=disclosures.disclosures,
            ),
            registers=tuple(published),
            drafts=tuple(each for each in registers.values() if each not in published),
            pages=pages,
            documents=self.documents,
        )

    def part(self, path: str, kind: type[AnyPart]) -> AnyPart | None:
        document = read(self.root / path, path, within=self.root)
        self.documents[path] = document
        self.problems += document.problems
        if document.value is None:
            return None
        try:
            return kind.model_validate(document.value, context=self.reading)
        except ValidationError as error:
            self.problems += _problems(error, document)
            return None

    def _languages(self) -> tuple[str, ...]:
        """Return the languages even of a site.yaml that has faults elsewhere."""
        settings = self.documents[SITE].value
        given = settings.get("languages") if isinstance(settings, dict) else None
        return tuple(each for each in given or () if each in self.known_languages)

    def _registers(self) -> Iterator[tuple[str, model.Register]]:
        seen: set[str] = set()
        for file in sorted((self.root / CONTENT / "registers").glob("*.yaml")):
            path = f"{CONTENT}/registers/{file.name}"
            register = self.part(path, model.Register)
            if register is None:
                continue
            if register.id in seen:
                self._problem(path, "duplicate_id", ("id",), value=register.id)
            seen.add(register.id)
            yield register.id, register

    def _published(
        self, notice: model.Notice | None, registers: Mapping[str, model.Register]
    ) -> list[model.Register]:
        if notice is None or notice.registers is None:
            return list(registers.values())
        path = f"{CONTENT}/notice.yaml"
        for place, each in enumerate(notice.registers):
            if each not in registers and not self.problems:
                values = {"value": each, "hint": Hint(each, registers)}
                loc = ("registers", place)
                self._problem(path, "unknown_id", loc, file="registers/", **values)
        return [registers[each] for each in notice.registers if each in registers]

    def _pages(self) -> dict[str, dict[str, Page]]:
        pages: dict[str, dict[str, Page]] = {}
        for file in sorted((self.root / CONTENT / "pages").glob("*.md")):
            path = f"{CONTENT}/pages/{file.name}"
            match = re.fullmatch(rf"({ID_FORM})\.([a-z]+)\.md", file.name)
            if not match or match[3] not in self.reading.known_languages:
                self._problem(path, "page_name")
            elif page := self._page(file, path):
                pages.setdefault(match[1], {})[match[3]] = page
        self._check_pages(pages)
        return pages

    def _page(self, file: Path, path: str) -> Page | None:
        document = Document(path)
        text = read_text(file, document, within=self.root)
        self.problems += document.problems
        if text is None:
            return None
        title, _, rest = text.lstrip().partition("\n")
        if not title.startswith("# "):
            self._problem(path, "page_title")
            return None
        return Page(title.removeprefix("# ").strip(), rest, path)

    def _check_pages(self, pages: Mapping[str, Mapping[str, Page]]) -> None:
        for name, versions in pages.items():
            path = next(iter(versions.values())).path
            if name in RESERVED or name in self.reading.languages:
                self._problem(path, "page_taken", value=name)
            for language in self.reading.languages:
                if language not in versions:
                    file = f"{CONTENT}/pages/{name}.{language}.md"
                    self._problem(path, "page_language", language=language, file=file)

    def _strangers(self) -> None:
        """Point out files that nothing reads: most often a misspelt name."""
        known = [*FILES, *COMPANIONS, "registers", "pages"]
        for folder, names, ending in (
            ("", known, None),
            ("registers/", [], ".yaml"),
            ("pages/", [], ".md"),
        ):
            place = self.root / CONTENT / folder
            for file in sorted(place.iterdir()) if place.is_dir() else ():
                if file.name.startswith(".") or file.name.endswith("~"):
                    continue
                if file.name not in names and file.suffix != ending:
                    shown = names or [f"*{ending}"]
                    hint = Hint(file.name, names or [file.stem + (ending or "")])
                    path = f"{CONTENT}/{folder}{file.name}"
                    self._problem(path, "unknown_file", hint=hint, known=shown)

    def _problem(self, path: str, kind: str, loc: Loc = (), **values: object) -> None:
        document = self.documents.get(path)
        mark = document.mark(loc) if document else Mark(1, 1)
        self.problems.append(Problem(path, *mark, kind, values))


# Addresses that pages of the product have.
RESERVED = ("registers", "rights", "static", "request", "desk")

_AT_KEY = ("unknown_key", "unknown_language")


def _problems(error: ValidationError, document: Document) -> Iterator[Problem]:
    told = {(problem.line, problem.column) for problem in document.problems}
    for each in error.errors(include_url=False):
        kind, values = problem_of(each)
        loc = tuple(part for part in each["loc"] if part not in FORMS)
        mark = document.mark(loc, key=kind in _AT_KEY)
        if kind != FAULTY and each["input"] is not None and mark not in told:
            yield Problem(document.path, *mark, kind, values)
