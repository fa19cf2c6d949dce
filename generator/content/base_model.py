"""What all groups of lines in the content have in common.

A `ContentModel` knows its keys and suggests the nearest one for a misspelt key. A
`CatalogueEntry` has an id in its catalogue (`InCatalogue`); where it is used, its id or
the entry itself is written (`OrId`).
"""

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    Tag,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    model_validator,
)
from pydantic_core import CoreSchema, InitErrorDetails, core_schema

from generator.content import faults, problems
from generator.content.values import ID_FORM, Id, Line, Meanings, ReadingContext, Text
from generator.languages import N_

# Where a value may have several forms, these tags tell pydantic which one the author
# chose, so that only the faults of that form are reported. Pydantic puts the tag into
# the location of an error; `reader` takes it out again.
WORD, FULL, REASON = FORMS = ("~word", "~full", "~reason")

FAULTY_ENTRY = "faulty_entry"  # the kind of an error whose cause is reported elsewhere


def optional(description: str, **more: Any) -> Any:
    """Describe a key that may be left out; it is then None."""
    return Field(default=None, description=description, **more)


class ContentModel(BaseModel):
    """A group of “key: value” lines."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    expected: ClassVar[str] = "group_expected"  # the fault of a value that is no group

    @model_validator(mode="wrap")
    @classmethod
    def _known_keys(
        cls, value: object, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> Self:
        if isinstance(value, cls):
            return value
        if not isinstance(value, dict):
            raise faults.not_a_group(cls.expected, value)
        group = cls.normalised(value, info)
        found: faults.Faults = []
        keys = cls.keys()
        unknown = [key for key in group if key not in keys]
        for key in unknown:
            found += faults.at(cls.unknown_key(key), key, key)
        known = {key: group[key] for key in group if key in keys}
        try:
            part: Self = handler(known)
        except ValidationError as error:
            meant = {problems.nearest(key, keys) for key in unknown}
            found += [each for each in faults.of(error) if not _lacks(each, meant)]
        faults.refuse(found)
        return part

    @classmethod
    def unknown_key(cls, key: str) -> faults.Fault:
        """Return the fault of a key that does not belong in this group."""
        may_not_apply = [
            field.alias or name
            for name, field in cls.model_fields.items()
            if NotApplicableReason.__name__ in str(field.annotation)
        ]
        if key == "not_applicable" and may_not_apply:
            return faults.new("not_applicable_here", known=may_not_apply)
        return faults.not_among("unknown_key", key, cls.keys())

    @classmethod
    def keys(cls) -> list[str]:
        """Return the keys of this group as authors write them."""
        return [field.alias or name for name, field in cls.model_fields.items()]

    @classmethod
    def normalised(cls, group: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
        """Return the long form of a group that may be written in a short one."""
        del info
        return group


def _lacks(error: InitErrorDetails, keys: Container[object]) -> bool:
    """Whether the error is that one of these keys is missing: it was misspelt."""
    return error["type"] == "missing" and error["loc"][0] in keys


LONGEST_CODE = 3  # letters in the code of a language


class WithName(ContentModel):
    """Something with a name, which may be shortened to `{fi: …, en: …}`."""

    name: Text = Field(description=N_("What it is called, in each language"))

    @classmethod
    def normalised(cls, group: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
        known = ReadingContext.of(info).known_languages
        if "name" in group or not known & group.keys():
            return group
        # A short unknown key is most likely a misspelt language.
        keys = cls.keys()
        texts = {
            key: words
            for key, words in group.items()
            if key in known or (len(key) <= LONGEST_CODE and key not in keys)
        }
        rest = {key: group[key] for key in group if key not in texts}
        return {"name": texts, **rest}


class CatalogueEntry(ContentModel):
    """An entry of a catalogue, to which other files refer by its id."""

    catalogue: ClassVar[str]  # the file that holds entries of this kind

    id: Id | None = optional(
        N_("The short name by which other files refer to this entry")
    )


class NotApplicableReason(ContentModel):
    """The reason why something that the law asks for does not concern us."""

    not_applicable: Line = Field(
        description=N_("Why this does not concern you; not published, but checked")
    )


def _reason_or_full(value: object) -> str:
    given = isinstance(value, dict) and "not_applicable" in value
    return REASON if given or isinstance(value, NotApplicableReason) else FULL


NotApplicable = Annotated[NotApplicableReason, Tag(REASON)]
T = TypeVar("T")
OrNotApplicable = Annotated[
    Annotated[T, Tag(FULL)] | NotApplicable, Discriminator(_reason_or_full)
]

_OrWord = Discriminator(lambda value: WORD if isinstance(value, str) else FULL)
LineOrText = Annotated[Annotated[Line, Tag(WORD)] | Annotated[Text, Tag(FULL)], _OrWord]
_None = Annotated[Literal["none"], Meanings({"none": N_("there is none")}), Tag(WORD)]
NoneOr = Annotated[_None | Annotated[T, Tag(FULL)], _OrWord]


@dataclass(frozen=True)
class InCatalogue:
    """Marks an entry in its catalogue: it has an id of its own."""

    def __get_pydantic_core_schema__(
        self, source: type[CatalogueEntry], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        def enter(
            value: Any, inner: ValidatorFunctionWrapHandler, info: ValidationInfo
        ) -> CatalogueEntry:
            entries = ReadingContext.of(info).catalogue(source.__name__)
            if not isinstance(value, dict) or not isinstance(value.get("id"), str):
                ReadingContext.of(info).unread.add(source.catalogue)
                inner(value)
                raise faults.new("missing_key", key="id")
            given: str = value["id"]
            if given in entries:
                faults.refuse(
                    faults.at(faults.new("duplicate_id", value=given), given, "id")
                )
            entries[given] = None
            entry: CatalogueEntry = inner(value)
            entries[given] = entry
            return entry

        return core_schema.with_info_wrap_validator_function(enter, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(schema), "required": ["id"]}


@dataclass(frozen=True)
class OrId:
    """Marks an entry where it is used: its id, or the entry itself without an id."""

    def __get_pydantic_core_schema__(
        self, source: type[CatalogueEntry], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        def look_up(
            value: Any, inner: ValidatorFunctionWrapHandler, info: ValidationInfo
        ) -> CatalogueEntry:
            reading = ReadingContext.of(info)
            if isinstance(value, str):
                return _entry(value, source, reading)
            if isinstance(value, dict) and "id" in value and not reading.written_out:
                file = source.catalogue
                faults.refuse(
                    faults.at(faults.new("id_inline", file=file), value, "id")
                )
            entry: CatalogueEntry = inner(value)
            return entry

        return core_schema.with_info_wrap_validator_function(look_up, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        entry = {**handler(schema), "not": {"required": ["id"]}}
        return {"anyOf": [{"type": "string"}, entry]}


def _entry(
    given: str, kind: type[CatalogueEntry], reading: ReadingContext
) -> CatalogueEntry:
    entries = reading.catalogue(kind.__name__)
    if given not in entries:
        if kind.catalogue in reading.unread:
            raise faults.new(FAULTY_ENTRY)
        known = [each for each in entries if re.fullmatch(ID_FORM, each)]
        raise faults.not_among("unknown_id", given, known, file=kind.catalogue)
    entry = entries[given]
    if not isinstance(entry, CatalogueEntry):
        raise faults.new(FAULTY_ENTRY)
    return entry
