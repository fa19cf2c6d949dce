"""What is wrong with a file, where, and how to mend it.

A problem is a kind and its values; its sentence is made when it is shown, in the
language of the person who reads it. `MESSAGES` holds every sentence there is.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from gettext import NullTranslations
from typing import Any

from pydantic_core import ErrorDetails, PydanticCustomError

from generator.languages import N_

MESSAGES: Mapping[str, str] = {
    # The file as a whole
    "file_missing": N_("The file is missing. Create it; docs/content.md shows what belongs in it."),
    "not_a_file": N_("A folder stands where a file belongs. Remove it or rename it."),
    "unreadable": N_("The file cannot be read. Give yourself the right to read it."),
    "outside": N_("The file leads out of the content folder. Put a copy of it here instead."),
    "unknown_file": N_("Nothing reads this file. Known files are: %(known)s.%(hint)s"),
    "too_large": N_("The file is %(size)s kB; at most %(limit)s kB are read. Split it."),
    "empty_file": N_("The file is empty. Write its content, or delete the file."),
    "bom": N_("The file begins with an invisible mark (BOM). Save it as UTF-8 without BOM."),
    "utf16": N_("The file is saved as UTF-16. Save it as UTF-8."),
    "not_utf8": N_("The character at byte %(byte)s is not UTF-8. Save the file as UTF-8."),
    "control_character": N_("The character %(code)s cannot be shown. Delete it."),
    "conflict": N_("A merge conflict is left here. Keep one of the two versions and delete the marks."),
    # YAML
    "tab": N_("The line is indented with a tab. Use spaces."),
    "syntax": N_("The line cannot be read as YAML (%(detail)s). Look at this line and the one above: a colon, a quotation mark, a bracket or the indentation is off."),
    "second_document": N_("A second document begins here (---). Keep one in a file."),
    "alias": N_("Anchors and aliases (& and *) are not used here. Write the value out, in quotes if it begins with such a mark."),
    "tag": N_("Tags such as %(value)s are not used here. Delete it, or put the text in quotes."),
    "too_deep": N_("Lists and groups lie more than %(limit)s levels deep here. Check the brackets and the indentation."),
    "key_not_text": N_("A list or a group stands where a key belongs. Write a word before the colon."),
    "duplicate_key": N_("“%(key)s” stands here twice; the first is on line %(first)s. Delete one."),
    "no_value": N_("“%(key)s” has no value. Write one, or delete the line."),
    "comma": N_("“%(key)s” has no value: a comma within braces begins a new key. Put the whole text in quotes."),
    "empty_list": N_("“%(key)s” is an empty list. Delete the line; where it does not apply, write not_applicable and the reason."),
    "empty_group": N_("“%(key)s” is an empty group. Fill it, or delete the line."),
    # Shape
    "group_expected": N_("A group of “key: value” lines belongs here, not %(given)s."),
    "list_expected": N_("A list belongs here, each item on its own line after “- ”, not %(given)s."),
    "text_expected": N_("A text belongs here, not %(given)s."),
    "unknown_key": N_("“%(key)s” is not known here.%(hint)s Known are: %(known)s."),
    "missing_key": N_("“%(key)s” is missing. Add it."),
    "one_of": N_("Give one of these: %(known)s."),
    "only_one_of": N_("Give only one of these: %(known)s."),
    # Values
    "blank": N_("The text is empty. Write it, or delete the line."),
    "texts_expected": N_("A text in each language belongs here (%(known)s), not %(given)s."),
    "missing_language": N_("The text in language “%(language)s” is missing. Add “%(language)s: …” beside the others."),
    "unknown_language": N_("“%(key)s” is no language of this site.%(hint)s site.yaml has: %(known)s."),
    "no_catalogue": N_("There is no catalogue for language “%(value)s”. There is one for: %(known)s."),
    "not_a_choice": N_("“%(value)s” is not one of the choices.%(hint)s They are: %(known)s."),
    "not_a_flag": N_("“%(value)s” is neither true nor false."),
    "not_a_date": N_("“%(value)s” is no date. Write it as year-month-day: 2026-11-22."),
    "not_a_number": N_("“%(value)s” is not a whole number from 1 up."),
    "not_an_id": N_("“%(value)s” is no id. Use small letters a–z, digits and hyphens: customer-register."),
    "not_a_business_id": N_("“%(value)s” is no business id. Its form is 1234567-1, and the last digit must agree with the others."),
    "not_a_country": N_("“%(value)s” is no country code. Write two capital letters: FI, NO, US."),
    "not_a_phone": N_("“%(value)s” is no telephone number. Write digits, spaces and at most a + in front: +358 9 123 456."),
    "not_an_email": N_("“%(value)s” is no e-mail address. Write it in full: name@example.fi."),
    "not_a_web_address": N_("“%(value)s” is no web address. Write https://… or www.…"),
    "not_a_colour": N_("“%(value)s” is no colour. Write six digits after #: #0b5d66."),
    "too_pale": N_("“%(value)s” is too pale: white text on it is hard to read (contrast %(contrast)s to 1, at least 4.5 is needed). Choose a darker one."),
    "not_an_article": N_("“%(value)s” is not a place in the GDPR that fits here.%(hint)s Possible are: %(known)s."),
    "not_an_image": N_("“%(value)s” is no picture that can be published. Give an .svg or .png file beside site.yaml."),
    "reason_needed": N_("Write the reason after not_applicable."),
    "text_for_what": N_("“%(value)s” is not a key that the product knows a text for. Add the text beside it in each language. Known are: %(known)s."),
    # Ids
    "unknown_id": N_("There is no “%(value)s” in %(file)s.%(hint)s Write an id that is there, or the text itself in each language."),
    "duplicate_id": N_("The id “%(value)s” is already in use. Give this one another."),
    "id_inline": N_("What is written here itself needs no id. Delete the id, or move the entry to %(file)s and write only the id here."),
    # Pages
    "page_language": N_("The page is missing in language “%(language)s”. Add the file %(file)s."),
    "page_name": N_("The file name should be name.language.md, for example cookies.fi.md."),
    "page_title": N_("The first line should be the title of the page: # Title."),
    "page_taken": N_("The address “%(value)s” belongs to another page. Rename the file."),
}  # fmt: skip


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that keeps the notice from being published, and its place."""

    path: str
    line: int
    column: int
    kind: str
    values: Mapping[str, Any] = field(default_factory=dict, compare=False)

    def message(self, texts: NullTranslations) -> str:
        shown = {name: _shown(value, texts) for name, value in self.values.items()}
        return texts.gettext(MESSAGES[self.kind]) % shown

    def line_of_report(self, texts: NullTranslations) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message(texts)}"


class ContentError(Exception):
    """The notice cannot be published; `problems` tells everything that is wrong."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__(f"{len(self.problems)} problems in the content")


SEE_MESSAGES = "see generator.content.problems"  # in place of a text of pydantic's


class Given:
    """A value as its author sees it: “Suomi”, a list, a group."""

    def __init__(self, value: object) -> None:
        self.value = value

    def show(self, texts: NullTranslations) -> str:
        match self.value:
            case list() | tuple():
                return texts.gettext("a list")
            case dict():
                return texts.gettext("a group")
            case None:
                return texts.gettext("nothing")
            case _:
                return f"“{_short(str(self.value))}”"


class Hint:
    """The nearest thing that would have been right, if any is near."""

    def __init__(self, value: object, known: Iterable[str]) -> None:
        self.nearest = get_close_matches(str(value), list(known), n=1, cutoff=0.5)

    def show(self, texts: NullTranslations) -> str:
        if not self.nearest:
            return ""
        return texts.gettext(" Did you mean “%s”?") % self.nearest[0]


def fault(kind: str, **values: object) -> PydanticCustomError:
    """Make the error by which a validator names one of `MESSAGES`."""
    return PydanticCustomError(kind, SEE_MESSAGES, values)


def not_among(
    kind: str, value: object, known: Iterable[str], **more: object
) -> PydanticCustomError:
    """Make the fault of a value that is none of those known, with the nearest one."""
    known = list(known)
    hint = Hint(value, known)
    return fault(kind, value=value, key=value, hint=hint, known=known, **more)


def problem_of(error: ErrorDetails) -> tuple[str, Mapping[str, Any]]:
    """Give an error of pydantic as one of our kinds and its values."""
    given = {"given": Given(error["input"]), "value": error["input"]}
    match error["type"]:
        case "missing":
            return "missing_key", {"key": error["loc"][-1]}
        case "string_type":
            return "text_expected", given
        case "tuple_type" | "list_type":
            return "list_expected", given
        case "dict_type" | "model_type" | "union_tag_invalid":
            return "group_expected", given
        case "literal_error":
            known = re.findall(r"'([^']*)'", error["ctx"]["expected"])
            choice = not_among("not_a_choice", error["input"], known)
            return "not_a_choice", choice.context or {}
        case kind:
            return kind, error.get("ctx", {})


def _shown(value: object, texts: NullTranslations) -> str:
    match value:
        case Given() | Hint():
            return value.show(texts)
        case list() | tuple() | set() | frozenset():
            return ", ".join(map(str, value))
        case _:
            return _short(str(value))


def _short(value: str, limit: int = 60) -> str:
    line = " ".join(value.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
