"""Reads all files of an organisation, and reports the problems of all files at once."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from itertools import groupby, islice
from pathlib import Path
from typing import TypeGuard, TypeVar

from pydantic import ValidationError

from generator.content import faults, markup, model, text_files, yaml_mistakes
from generator.content.base_model import FAULTY_ENTRY, FORMS, ContentModel
from generator.content.documents import MOST_PROBLEMS, Document, Loc, read
from generator.content.law import Law
from generator.content.problems import ContentError, KnownNames, NearestName, Problem
from generator.content.site import Site
from generator.content.values import ID_FORM, ReadingContext
from generator.languages import available
from generator.resources import TRANSLATIONS

SITE = "site.yaml"
CONTENT = "content"
LAW = Path(__file__).with_name("law_fi.yaml")
LAW_LANGUAGES = frozenset({"fi", "sv", "en"})

FILES = (
    *("controller.yaml", "notice.yaml", "purposes.yaml"),
    *("data.yaml", "sources.yaml", "disclosures.yaml"),
)

FOLDERS = ("registers", "pages")
NOTICE = f"{CONTENT}/notice.yaml"

# Files that other parts of the product read
COMPANIONS = ("answers.yaml", "translations.lock")

KNOWN = (*FILES, *COMPANIONS, *FOLDERS)

AnyModel = TypeVar("AnyModel", bound=ContentModel)


@dataclass(frozen=True)
class FreePage:
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
    """The content of an organisation, and the law pack."""

    root: Path
    site: Site
    law: Law
    organisation: model.ControllerFile
    notice: model.Notice
    catalogues: Catalogues
    registers: tuple[model.Register, ...]
    drafts: tuple[model.Register, ...]  # registers that notice.yaml leaves out
    pages: Mapping[str, Mapping[str, FreePage]]
    documents: Mapping[str, Document] = field(repr=False)

    def register(self, register_id: str) -> model.Register:
        return next(each for each in self.registers if each.id == register_id)


def read_content(root: Path, *, translations: Path = TRANSLATIONS) -> Content:
    """Read the content of an organisation; raise ContentError with every problem."""
    reader = _Reader(root, available(translations))
    content = reader.content()
    if reader.problems or content is None:
        raise ContentError(_first_of_each_file(reader.problems))
    return content


@cache
def law_pack(languages: tuple[str, ...]) -> tuple[Law | None, tuple[Problem, ...]]:
    """Read the law pack; its texts are required in the languages of the site too."""
    reader = _Reader(LAW.parent, LAW_LANGUAGES | set(languages))
    reader.reading = ReadingContext(languages, reader.known_languages)
    law = reader.part(LAW.name, Law)
    return law, tuple(reader.problems)


class _Reader:
    def __init__(self, root: Path, known_languages: frozenset[str]) -> None:
        self.root = root
        self.known_languages = known_languages
        self.problems: list[Problem] = []
        self.documents: dict[str, Document] = {}
        self.reading = ReadingContext((), known_languages)

    def content(self) -> Content | None:
        site = self.part(SITE, Site)
        self.reading = ReadingContext(self._languages(), self.known_languages)
        law, of_law = law_pack(self.reading.languages)
        self.problems += of_law
        # In this order: a file may use the ids of those before it.
        names = self._names()
        data = self._catalogue("data.yaml", model.DataFile, names)
        sources = self._catalogue("sources.yaml", model.SourcesFile, names)
        disclosures = self._catalogue("disclosures.yaml", model.DisclosuresFile, names)
        purposes = self._catalogue("purposes.yaml", model.PurposesFile, names)
        organisation = self.part("content/controller.yaml", model.ControllerFile)
        notice = self.part("content/notice.yaml", model.Notice)
        registers = dict(self._registers())
        pages = self._pages()
        self._unknown_files("", names, KNOWN)
        self._logo(site)
        published = list(self._published(notice, registers))
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

    def part(self, path: str, kind: type[AnyModel]) -> AnyModel | None:
        return self._part(self._document(path), kind)

    def _catalogue(
        self, name: str, kind: type[AnyModel], names: Sequence[str]
    ) -> AnyModel | None:
        """Read a catalogue, which may be left out while it has no entries."""
        path = f"{CONTENT}/{name}"
        if name in names:
            document = self._document(path)
            whole = _has_lists(document, kind.keys())
        else:
            document = self.documents[path] = Document(path, {})
            whole = not get_close_matches(name, set(names).difference(KNOWN))
        if not whole:
            self.reading.unread.add(name)
        return self._part(document, kind)

    def _document(self, path: str) -> Document:
        document = read(self.root / path, path, within=self.root)
        self.documents[path] = document
        self.problems += document.problems
        return document

    def _part(self, document: Document, kind: type[AnyModel]) -> AnyModel | None:
        if document.value is None:
            return None
        try:
            return kind.model_validate(document.value, context=self.reading)
        except ValidationError as error:
            self.problems += problems_of(error, document)
            return None

    def _languages(self) -> tuple[str, ...]:
        """Return the languages of the site, even if site.yaml has faults elsewhere."""
        settings = self.documents[SITE].value
        given = settings.get("languages") if isinstance(settings, dict) else None
        languages = filter(_is_text, given if isinstance(given, list) else ())
        known = self.known_languages
        return tuple(dict.fromkeys(each for each in languages if each in known))

    def _logo(self, site: Site | None) -> None:
        name = site.theme.logo if site else None
        if name and text_files.why_not_a_file(self.root / name, self.root):
            self._problem(SITE, "no_image", ("theme", "logo"), value=name)

    def _names(self, folder: str = "") -> list[str]:
        """Return the names of the files in a folder of the content."""
        path = f"{CONTENT}/{folder}".rstrip("/")
        place = self.root / path
        try:
            if place.exists() and not place.is_dir():
                self._problem(path, "no_folder")
                return []
            names = sorted(each.name for each in place.iterdir())
        except FileNotFoundError:
            return []
        except OSError:
            self._problem(path, "unreadable")
            return []
        return [name for name in names if self._is_content_file(name, path)]

    def _is_content_file(self, name: str, folder: str) -> bool:
        """Whether to read a file: not the hidden and backup files of editors."""
        if name.startswith(".") or name.endswith("~"):
            return False
        if not name.isprintable():
            shown = "".join(each if each.isprintable() else "?" for each in name)
            self._problem(f"{folder}/{shown}", "file_name")
            return False
        return True

    def _unknown_files(
        self, folder: str, names: list[str], known: Sequence[str]
    ) -> None:
        """Report files that nothing reads: most often their name is misspelt."""
        for name in names:
            if name not in known:
                path = f"{CONTENT}/{folder}{name}"
                hint = NearestName(name, known)
                self._problem(path, "unknown_file", hint=hint, known=KnownNames(known))

    def _registers(self) -> Iterator[tuple[str, model.Register]]:
        seen: dict[str, str] = {}
        names = self._names("registers")
        files = [name for name in names if name.endswith(".yaml")]
        for name in files:
            path = f"{CONTENT}/registers/{name}"
            register = self.part(path, model.Register)
            if register is None:
                continue
            if first := seen.get(register.id):
                values = {"value": register.id, "file": first}
                self._problem(path, "duplicate_register", ("id",), **values)
            seen[register.id] = path
            yield register.id, register
        for name in names:
            if name not in files:
                self._unknown_files("registers/", [name], [f"{Path(name).stem}.yaml"])

    def _published(
        self, notice: model.Notice | None, registers: Mapping[str, model.Register]
    ) -> Iterator[model.Register]:
        if notice is None or notice.registers is None:
            yield from registers.values()
            return
        declared = self._declared()
        for place, each in enumerate(notice.registers):
            if each in registers:
                yield registers[each]
            elif declared is not None and each not in declared:
                known = [name for name in declared if re.fullmatch(ID_FORM, name)]
                hint, names = NearestName(each, known), KnownNames(known)
                values = {"value": each, "hint": hint, "known": names}
                loc = ("registers", place)
                self._problem(NOTICE, "unknown_register", loc, **values)

    def _declared(self) -> list[str] | None:
        """Return the ids of all registers, faulty ones too, or None if one has none."""
        folder = f"{CONTENT}/registers/"
        registers = [each for path, each in self.documents.items() if folder in path]
        values = [each.value for each in registers]
        if not all(isinstance(each, dict) and "id" in each for each in values):
            return None
        return [str(each["id"]) for each in values]

    def _pages(self) -> dict[str, dict[str, FreePage]]:
        pages: dict[str, dict[str, FreePage]] = {}
        for name in self._names("pages"):
            path = f"{CONTENT}/pages/{name}"
            match = re.fullmatch(rf"({ID_FORM})\.([a-z]+)\.md", name)
            if not match or match[3] not in self.reading.known_languages:
                self._problem(path, "page_name")
            elif page := self._page(self.root / path, path):
                pages.setdefault(match[1], {})[match[3]] = page
        self._check_pages(pages)
        return pages

    def _page(self, file: Path, path: str) -> FreePage | None:
        try:
            text = text_files.read_text(file, within=self.root)
        except text_files.UnreadableError as error:
            self.problems.append(Problem(path, *error.mark, error.kind, error.values))
            return None
        for misuse in islice(markup.misuses(text), MOST_PROBLEMS):
            mark = text_files.mark_at(text, misuse.offset)
            values = {"value": misuse.value}
            self.problems.append(Problem(path, *mark, misuse.kind, values))
        title, _, rest = text.lstrip().partition("\n")
        if not title.startswith("# "):
            self._problem(path, "page_title")
            return None
        return FreePage(title.removeprefix("# ").strip(), rest, path)

    def _check_pages(self, pages: Mapping[str, Mapping[str, FreePage]]) -> None:
        for name, versions in pages.items():
            path = next(iter(versions.values())).path
            if name in RESERVED or name in self.reading.languages:
                self._problem(path, "page_taken", value=name)
            for language in self.reading.languages:
                if language not in versions:
                    file = f"{CONTENT}/pages/{name}.{language}.md"
                    self._problem(path, "page_language", language=language, file=file)

    def _problem(self, path: str, kind: str, loc: Loc = (), **values: object) -> None:
        document = self.documents.get(path)
        mark = document.mark(loc) if document and loc else yaml_mistakes.START
        self.problems.append(Problem(path, *mark, kind, values))


# Addresses that pages of the product have.
RESERVED = ("registers", "rights", "static", "request", "desk")

_AT_KEY = ("unknown_key", "unknown_language", "not_applicable_here")


def _first_of_each_file(problems: Iterable[Problem]) -> Iterator[Problem]:
    for _, group in groupby(sorted(problems), lambda problem: problem.path):
        of_file = list(group)
        yield from of_file[:MOST_PROBLEMS]
        if rest := of_file[MOST_PROBLEMS:]:
            yield replace(rest[0], kind="too_many", values={"count": len(rest)})


def _has_lists(document: Document, keys: Sequence[str]) -> bool:
    """Whether the ids of a catalogue can be trusted to be all there are."""
    value = document.value
    if document.problems or not isinstance(value, dict):
        return False
    return all(key in keys and isinstance(value[key], list) for key in value)


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str)


def problems_of(error: ValidationError, document: Document) -> Iterator[Problem]:
    """Yield the problems behind an error, but for what the document reports already."""
    reported = {(problem.line, problem.column) for problem in document.problems}
    for each in error.errors(include_url=False):
        kind, values = faults.problem_of(each)
        loc = _as_written(each["loc"], document)
        mark = document.mark(loc, key=kind in _AT_KEY)
        if kind != FAULTY_ENTRY and each["input"] is not None and mark not in reported:
            yield Problem(document.path, *mark, kind, values)


def _as_written(loc: Loc, document: Document) -> Loc:
    """Leave out the steps of a location that the author did not write."""
    loc = tuple(part for part in loc if part not in FORMS)
    for end, part in enumerate(loc, 1):
        if part == "name" and loc[:end] not in document.marks:
            return (*loc[: end - 1], *loc[end:])  # {fi: …, en: …} alone is a name
    return loc
