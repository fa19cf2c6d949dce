"""The types of single values: texts, ids, dates, codes, addresses.

Every value arrives as text (see `documents`); each type accepts some texts and refuses
all others with one fault.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, NoReturn, Self

from babel import Locale
from pydantic import (
    BeforeValidator,
    ConfigDict,
    GetJsonSchemaHandler,
    RootModel,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import CoreSchema

from generator.content import faults, markup, problems
from generator.languages import N_


@dataclass(frozen=True)
class ReadingContext:
    """What validation needs to know: the languages, and the entries read so far."""

    languages: tuple[str, ...]
    known_languages: frozenset[str]
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)  # files whose ids are not all known
    written_out: bool = False  # whether entries in use are written in full, id included

    @classmethod
    def of(cls, info: ValidationInfo) -> Self:
        if not isinstance(info.context, cls):
            raise TypeError("content is validated with a ReadingContext as its context")
        return info.context

    def catalogue(self, kind: str) -> dict[str, Any]:
        """Return the entries of a kind by id; a faulty entry is None."""
        return self.entries.setdefault(kind, {})


class Text(RootModel[dict[str, str]]):
    """A text in each language of the site: `{fi: Nimi, en: Name}`."""

    model_config = ConfigDict(frozen=True)

    def __getitem__(self, language: str) -> str:
        return self.root[language]

    def __hash__(self) -> int:
        return hash(tuple(self.root.items()))

    @model_validator(mode="wrap")
    @classmethod
    def _in_each_language(
        cls, value: object, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> Self:
        if isinstance(value, Text):
            return handler(value.root)  # type: ignore[no-any-return]
        reading = ReadingContext.of(info)
        if not isinstance(value, dict):
            raise faults.not_a_group("texts_expected", value, known=reading.languages)
        faults.refuse(_language_faults(value, reading))
        return handler(value)  # type: ignore[no-any-return]


def _language_faults(texts: dict[str, Any], reading: ReadingContext) -> faults.Faults:
    found: faults.Faults = []
    misspelt = [key for key in texts if key not in reading.known_languages]
    for key in misspelt:
        error = faults.not_among("unknown_language", key, reading.languages)
        found += faults.at(error, key, key)
    for key, words in texts.items():
        if key not in misspelt and words is not None:
            for error in _faults_of_words(words, key):
                found += faults.at(error, words, key)
    missing = [lang for lang in reading.languages if lang not in texts]
    # A misspelt language is most likely the missing one: reported once.
    for lang in missing[len(misspelt) :]:
        found += faults.at(faults.new("missing_language", language=lang), texts)
    return found


def _faults_of_words(words: object, key: str) -> Iterator[faults.Fault]:
    if not isinstance(words, str):
        yield faults.new("text_expected", given=problems.GivenValue(words))
    elif not words.strip():
        yield faults.new("no_text", key=key)
    elif misuse := next(markup.misuses(words), None):
        yield faults.new(misuse.kind, value=misuse.value)


def of_text(parse: Callable[[str], Any], kind: str) -> BeforeValidator:
    """Return a validator that turns a ValueError of the parser into a fault."""

    def validate(value: object) -> Any:
        if not isinstance(value, str):
            return value if isinstance(value, bool | int | date) else _no_text(value)
        try:
            return parse(value.strip())
        except faults.Fault:
            raise  # it is more precise
        except ValueError:
            raise faults.new(kind, value=value) from None

    return BeforeValidator(validate)


def _no_text(value: object) -> NoReturn:
    raise faults.new("text_expected", given=problems.GivenValue(value))


def _matching(pattern: str) -> Callable[[str], str]:
    form = re.compile(pattern)

    def parse(value: str) -> str:
        if not form.fullmatch(value):
            raise ValueError
        return value

    return parse


@dataclass(frozen=True)
class Meanings:
    """What each choice means, for editors and for the content reference."""

    of: Mapping[str, str]

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        del core_schema, handler
        return {"enum": [*self.of], "enumDescriptions": [*self.of.values()]}

    def __hash__(self) -> int:
        return hash(tuple(self.of))


def string_schema(form: str, *examples: str) -> WithJsonSchema:
    shown = {"examples": [*examples]} if examples else {}
    return WithJsonSchema({"type": "string", "pattern": form, **shown})


def _not_empty(value: str) -> str:
    if not value:
        raise ValueError
    return value


def _flag(value: str) -> bool:
    if value not in {"true", "false"}:
        raise ValueError
    return value == "true"


def _day(value: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        raise ValueError
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise faults.new("no_such_day", value=value) from None


def _business_id(value: str) -> str:
    """Check the last digit (weights 7 9 10 5 8 4 2, modulo 11) and drop spaces."""
    digits = value.replace(" ", "")
    if not re.fullmatch(r"\d{7}-\d", digits):
        raise ValueError
    weights = (7, 9, 10, 5, 8, 4, 2)
    rest = sum(w * int(d) for w, d in zip(weights, digits, strict=False)) % 11
    if rest == 1 or (11 - rest) % 11 != int(digits[-1]):
        raise ValueError
    return digits


_COUNTRIES = frozenset(
    code
    for code in map(str, Locale("en").territories)
    if re.fullmatch("[A-Z]{2}", code)
    and code not in {"EU", "EZ", "UN", "XA", "XB", "ZZ"}
)


def _country(value: str) -> str:
    if value not in _COUNTRIES:
        raise ValueError
    return value


_HOST = re.compile(r"([^\W_]([\w-]*[^\W_])?\.)+[^\W\d_][\w-]*[^\W_]")


def _web_address(value: str) -> str:
    """Accept an https or http address, or a host name as people write it."""
    scheme, separator, rest = value.partition("://")
    host, *_ = re.split(r"[/?#]", rest if separator else value, maxsplit=1)
    name = host.partition(":")[0]
    if separator and scheme not in {"https", "http"}:
        raise ValueError
    if re.search(r"\s", value) or not _HOST.fullmatch(name):
        raise ValueError
    return value


Line = Annotated[str, of_text(_not_empty, "blank"), string_schema(r"\S")]
ID_FORM = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
Id = Annotated[
    str,
    of_text(_matching(ID_FORM), "not_an_id"),
    string_schema(f"^{ID_FORM}$", "customer-register"),
]
Flag = Annotated[
    bool, of_text(_flag, "not_a_flag"), WithJsonSchema({"type": "boolean"})
]
Day = Annotated[
    date,
    of_text(_day, "not_a_date"),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-11-22"]}),
]
Count = Annotated[
    int,
    of_text(lambda value: int(_matching(r"[1-9]\d{0,4}")(value)), "not_a_number"),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 99999}),
]
BusinessId = Annotated[
    str,
    of_text(_business_id, "not_a_business_id"),
    string_schema(r"^\d{7}-\d$", "1234567-1"),
]
Country = Annotated[
    str,
    of_text(_country, "not_a_country"),
    string_schema("^[A-Z]{2}$", "FI", "NO", "US"),
]
Phone = Annotated[
    str,
    of_text(_matching(r"\+?[\d (),–-]{3,30}"), "not_a_phone"),
    string_schema(r"^\+?[0-9 (),–-]{3,30}$", "+358 9 123 456"),
]
Email = Annotated[
    str,
    of_text(_matching(r"[^@\s<>,;\[\]()]+@([\w-]+\.)+[\w-]{2,}"), "not_an_email"),
    string_schema("@", "name@example.fi"),
]
WebAddress = Annotated[
    str,
    of_text(_web_address, "not_a_web_address"),
    string_schema(r"^[^\s]+$", "www.example.fi"),
]


class Article6(StrEnum):
    """The six bases of GDPR Art. 6(1)."""

    CONSENT = "6(1)(a)"
    CONTRACT = "6(1)(b)"
    LEGAL_OBLIGATION = "6(1)(c)"
    VITAL_INTERESTS = "6(1)(d)"
    PUBLIC_TASK = "6(1)(e)"
    LEGITIMATE_INTERESTS = "6(1)(f)"


BASES = {
    Article6.CONSENT: N_("consent"),
    Article6.CONTRACT: N_("a contract with the person"),
    Article6.LEGAL_OBLIGATION: N_("an obligation in law"),
    Article6.VITAL_INTERESTS: N_("vital interests"),
    Article6.PUBLIC_TASK: N_("a task in the public interest, or official authority"),
    Article6.LEGITIMATE_INTERESTS: N_("legitimate interests"),
}

# Under which special categories may be processed: GDPR Art. 9(2)(a)–(j); data on
# convictions and offences: Art. 10.
CONDITIONS = {
    "9(2)(a)": N_("explicit consent"),
    "9(2)(b)": N_("employment and social security law"),
    "9(2)(c)": N_("vital interests"),
    "9(2)(d)": N_("members of a non-profit body"),
    "9(2)(e)": N_("made public by the person"),
    "9(2)(f)": N_("legal claims"),
    "9(2)(g)": N_("substantial public interest, based on law"),
    "9(2)(h)": N_("health and social care"),
    "9(2)(i)": N_("public health"),
    "9(2)(j)": N_("archiving, research and statistics"),
    "10": N_("criminal convictions and offences"),
}


def _place_in_law(places: Collection[str]) -> BeforeValidator:
    def validate(value: object) -> str:
        if not isinstance(value, str):
            return _no_text(value)
        compact = value.replace(" ", "")
        if compact not in places:
            raise faults.not_among("not_an_article", value, places)
        return compact

    return BeforeValidator(validate)


Basis6 = Annotated[
    Article6, _place_in_law([article.value for article in Article6]), Meanings(BASES)
]
Condition = Annotated[str, _place_in_law(CONDITIONS), Meanings(CONDITIONS)]
