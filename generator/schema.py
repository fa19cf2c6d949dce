"""A JSON Schema for each kind of file, by which editors complete and check it.

The schemas are exported from the content model. They accept more than the reader in one
way: editors read `00790` as a number and `true` as a boolean where the reader takes
text, so where a text is expected, the schema allows those too.
"""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.checks.answers import AnswersFile
from generator.content import model, reader, site
from generator.content.base_model import ContentModel, WithName
from generator.languages import N_, available, own_name, tool_messages

Schema = dict[str, Any]


class FileKind(NamedTuple):
    """A kind of file: its model, its path, and what belongs in it."""

    model: type[ContentModel]
    path: str
    what: str


FILE_KINDS = {
    "site": FileKind(site.Site, "site.yaml", N_("What is built, and where")),
    "controller": FileKind(
        model.ControllerFile,
        "content/controller.yaml",
        N_("Who decides on the data, and whom people may turn to"),
    ),
    "notice": FileKind(
        model.Notice, "content/notice.yaml", N_("What the notice says as a whole")
    ),
    "register": FileKind(
        model.Register,
        "content/registers/*.yaml",
        N_("One register: the data kept for one use; one file for each"),
    ),
    "purposes": FileKind(
        model.PurposesFile,
        "content/purposes.yaml",
        N_("Catalogue: why data are processed, and by what right"),
    ),
    "data": FileKind(
        model.DataFile, "content/data.yaml", N_("Catalogue: categories of data")
    ),
    "sources": FileKind(
        model.SourcesFile,
        "content/sources.yaml",
        N_("Catalogue: where data come from"),
    ),
    "disclosures": FileKind(
        model.DisclosuresFile,
        "content/disclosures.yaml",
        N_("Catalogue: to whom data go"),
    ),
    "answers": FileKind(
        AnswersFile,
        "content/answers.yaml",
        N_("What you answer to the findings of the check; it may be left out"),
    ),
}


def schema_files() -> Iterator[tuple[str, bytes]]:
    """Yield the file name and the content of each schema."""
    for name, kind in FILE_KINDS.items():
        text = json.dumps(schema(kind), indent=2, ensure_ascii=False)
        yield f"{name}.json", text.encode() + b"\n"


def schema(kind: FileKind) -> Schema:
    """Export the schema of a kind of file."""
    exported = kind.model.model_json_schema()
    groups = exported.pop("$defs", {})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_tidied(exported),
        "description": _in_both_languages(kind.what),
        "$defs": {name: _group(name, each) for name, each in groups.items()},
    }


def _group(name: str, exported: Schema) -> Schema:
    """Tidy the schema of one group of lines."""
    if name == "Text":
        return {"type": "object", **_texts(), "additionalProperties": False}
    group = _tidied(exported)
    group.pop("description", None)  # the docstring: it is for programmers
    return _with_short_form(group) if name in _NAMED else group


def _texts() -> Schema:
    """Return the schema of `{fi: …, en: …}`."""
    words = {"type": _TEXT, "pattern": r"\S"}
    languages = sorted(reader.LAW_LANGUAGES | available())
    return {
        "properties": {
            language: {**words, "description": own_name(language)}
            for language in languages
        },
        "minProperties": 1,
        "examples": [{"fi": "Nimi", "en": "Name"}],
    }


def _with_short_form(group: Schema) -> Schema:
    """Allow `{fi: …, en: …}` beside the other keys, in place of `name`."""
    languages = _texts()["properties"]
    named = [{"required": [key]} for key in ("name", *languages)]
    return {
        **group,
        "properties": {**group["properties"], **languages},
        "required": [key for key in group.get("required", ()) if key != "name"],
        "anyOf": named,
    }


_NAMED = {each.__name__ for each in WithName.__subclasses__()}


def _tidied(exported: Schema) -> Schema:
    """Leave out what only programs need, and allow all that the reader accepts."""
    tidy: Schema = {}
    for key, value in _without_null(exported).items():
        match key:
            case "title" | "default":
                continue
            case "properties":
                tidy[key] = {name: _tidied(each) for name, each in value.items()}
            case "anyOf" | "oneOf":
                tidy["anyOf"] = [_tidied(each) for each in value]
            case "items":
                tidy[key] = _tidied(value)
            case "description":
                tidy[key] = _in_both_languages(value)
            case "enumDescriptions":
                tidy[key] = [_in_both_languages(each) for each in value]
            case _:
                tidy[key] = value
    return {**tidy, **_WIDER.get(tidy.get("type"), {})}


_TEXT = ["string", "number", "boolean"]
_WIDER: dict[str | None, Schema] = {
    "string": {"type": _TEXT},
    "boolean": {"type": ["boolean", "string"], "pattern": "^(true|false)$"},
    "integer": {"type": ["integer", "string"], "pattern": "^[1-9][0-9]{0,4}$"},
    "array": {"minItems": 1},
    "object": {"minProperties": 1},
}


def _without_null(exported: Schema) -> Schema:
    """Remove null, which pydantic allows for optional keys but authors never write."""
    choices = [each for each in exported.get("anyOf", ()) if each != {"type": "null"}]
    rest = {key: value for key, value in exported.items() if key != "anyOf"}
    match choices:
        case []:
            return rest
        case [only]:
            return {**only, **rest}
        case _:
            return {"anyOf": choices, **rest}


def _in_both_languages(text: str) -> str:
    finnish = tool_messages("fi").gettext(text)
    return f"{finnish}\n\n{text}"
