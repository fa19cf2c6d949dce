"""The location of each part of the content in the files: path, line and column."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel

from generator.content.documents import Document, Loc
from generator.content.reader import CONTENT, SITE, Content
from generator.content.values import Text


class Location(NamedTuple):
    """A position in a file as an editor shows it, counted from 1."""

    path: str
    line: int
    column: int


class LocatedText(NamedTuple):
    """A text, and the keys and list positions that lead to it in its file."""

    text: Text
    path: str
    loc: Loc
    key: str  # as `loc`, but with ids for list positions: it stays when lines move


class Locations:
    """Finds the location of any part or text of a content.

    An entry of a catalogue is located there, also where it is used by its id.
    """

    def __init__(self, content: Content) -> None:
        self._content = content  # keeps the objects alive by whose id() we look up
        self._found: dict[int, tuple[Document, Loc]] = {}
        self._texts: list[LocatedText] = []
        for document, loc, value in _roots(content):
            self._walk(document, loc, value, "/".join(map(str, loc)))

    def of(self, part: BaseModel, *keys: str | int) -> Location:
        """Return the location of a part, or of one of its keys if it has it."""
        document, loc = self._found[id(part)]
        mark = document.mark((*loc, *keys), key=bool(keys))
        return Location(document.path, *mark)

    def of_file(self, path: str) -> Location:
        """Return the location of the first line that is not a comment."""
        document = self._content.documents[path]
        return Location(path, *document.mark(()))

    def texts(self) -> Iterator[LocatedText]:
        """Yield every text of the organisation once, in the order of the files."""
        yield from self._texts

    def _walk(self, document: Document, loc: Loc, value: Any, key: str) -> None:
        match value:
            case tuple():
                for number, item in enumerate(value):
                    name = getattr(item, "id", None) or number
                    self._walk(document, (*loc, number), item, f"{key}/{name}")
            case Text() if id(value) not in self._found:
                self._found[id(value)] = document, loc
                self._texts.append(LocatedText(value, document.path, loc, key))
            case BaseModel() if id(value) not in self._found:
                self._found[id(value)] = document, loc
                for name, field in type(value).model_fields.items():
                    step = field.alias or name
                    deeper = f"{key}/{step}" if key else step
                    self._walk(document, (*loc, step), getattr(value, name), deeper)
            case _:
                pass


def _roots(content: Content) -> Iterator[tuple[Document, Loc, object]]:
    """Yield catalogues before their users, so that entries are located in them."""
    documents = content.documents
    yield documents[SITE], (), content.site
    for kind in ("data", "sources", "disclosures", "bases", "purposes"):
        file = "purposes" if kind == "bases" else kind
        entries = getattr(content.catalogues, kind)
        yield documents[f"{CONTENT}/{file}.yaml"], (kind,), entries
    yield documents[f"{CONTENT}/controller.yaml"], (), content.organisation
    yield documents[f"{CONTENT}/notice.yaml"], (), content.notice
    files = {
        document.value["id"].strip(): document
        for path, document in documents.items()
        if path.startswith(f"{CONTENT}/registers/")
    }
    for register in (*content.registers, *content.drafts):
        yield files[register.id], (), register
