"""What is wrong with a file, where, and how to correct it.

A problem is a key of `MESSAGES` and values; its sentence is made when it is shown, in
the language of the person who reads it.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from gettext import NullTranslations
from typing import Any

from babel.numbers import format_decimal

from generator.languages import N_, language_of, locale

MESSAGES: Mapping[str, str] = {
    # The file as a whole
    "file_missing": N_("The file is missing. Create it; docs/content.md shows what belongs in it."),
    "broken_link": N_("The file is a link that leads nowhere. Put the file itself here."),
    "outside": N_("The file leads out of the content folder. Put a copy of it here instead."),
    "folder": N_("A folder stands where a file belongs. Move it away or rename it."),
    "no_folder": N_("A file stands where a folder belongs. Move it away or rename it."),
    "not_a_file": N_("This is not an ordinary file. Put an ordinary one here."),
    "file_name": N_("The name of the file has a character that cannot be shown. Rename the file."),
    "unreadable": N_("You have no right to read this. Give yourself the right, or ask who looks after the computer."),
    "unknown_file": N_("Nothing reads this file.%(hint)s Rename it, or move it away.%(known)s"),
    "too_large": N_("The file is %(size)s kB; at most %(limit)s kB are read. Look for something pasted into it by mistake."),
    "empty_file": N_("The file is empty. Write its content; docs/content.md shows what belongs in it."),
    "bom": N_("The file begins with an invisible mark (BOM). Save it as “UTF-8”, not as “UTF-8 with BOM”."),
    "utf16": N_("The file is saved as UTF-16. Save it as UTF-8."),
    "not_utf8": N_("Here begins a character that is not UTF-8; in an older encoding it is “%(value)s”. Save the file as UTF-8."),
    "control_character": N_("The invisible character %(code)s stands here. Delete it."),
    "conflict": N_("A merge conflict is left here. Keep one of the two versions and delete the marks."),
    "too_many": N_("There are %(count)s problems more in this file. Mend those above first."),
    # YAML
    "syntax": N_("The line cannot be read. Compare it and the one above with a line that works: a colon, a quotation mark, a bracket or the indentation is off."),
    "tab": N_("A tab stands here. Use spaces."),
    "indentation": N_("The line begins too far left or right. Begin it exactly below the lines it belongs with."),
    "no_colon": N_("There is no colon in “%(value)s”. Write a key, a colon, a space and the value; a text that goes on must be indented."),
    "no_key": N_("There is nothing before the colon. Write the key there, or put the text in quotes."),
    "no_dash": N_("“%(value)s” stands in a list. Begin it with “- ” like the others, or move it to where it belongs."),
    "space_after_colon": N_("A space is missing after the colon in “%(value)s”. Write “%(key)s: …”."),
    "space_after_dash": N_("A space is missing after the hyphen in “%(value)s”. Write “- …”."),
    "colon_in_text": N_("A colon and a space stand within the text “%(value)s”. Put the text in quotes."),
    "colon_in_braces": N_("A colon too many stands here. If a new key begins, put a comma before it; if it is part of the text, put the text in quotes."),
    "leading_mark": N_("A text cannot begin with “%(value)s”. Put it in quotes."),
    "block_mark": N_("After “%(value)s” the text begins on the next line. Move it there, or put the whole text in quotes."),
    "quote_open": N_("The quotation mark %(value)s opens here and is not closed. Add one at the end of the text."),
    "after_quote": N_("The text goes on after its closing quotation mark %(value)s. Put the whole text in quotes of the other kind."),
    "backslash": N_("The backslash has a meaning of its own within double quotes. Use single quotes: '…'."),
    "bracket_open": N_("“%(value)s” opens here and is not closed. Add “%(closing)s” at the end, or put the text in quotes."),
    "bracket_closed": N_("“%(value)s” closes nothing here. Delete it, or put the text in quotes."),
    "after_bracket": N_("Something goes on after the closing “%(value)s”. Delete it, or put the whole text in quotes."),
    "comma_twice": N_("There is nothing before or after a comma here. Delete the comma."),
    "comma_missing": N_("A comma is missing here; or, if all of this is one text, it needs quotes."),
    "list_on_line": N_("A list begins on a line of its own. Move “- …” to the next line, or put the text in quotes."),
    "list_in_group": N_("An item of a list (“- …”) stands among “key: value” lines. Indent it, or write the key of its list above."),
    "second_document": N_("Something new begins here although the file is at its end (---, …). Keep one document in a file."),
    "alias": N_("“%(value)s” begins with a mark (& or *) that means something else here. Put the whole text in quotes; a reference to another place is written out."),
    "tag": N_("“%(value)s” begins with a mark (!) that means something else here. Put the whole text in quotes, or delete the mark."),
    "too_deep": N_("Lists and groups lie more than %(limit)s levels deep here. Check the brackets and the indentation."),
    "key_not_text": N_("A list or a group stands where a key belongs. Write a word before the colon, or put the text in quotes."),
    "duplicate_key": N_("“%(key)s” stands here twice; the first is on line %(first)s. Delete one."),
    "listed_twice": N_("“%(value)s” stands in this list twice. Delete one."),
    "no_value": N_("“%(key)s” has no value. Write one, or delete the line."),
    "comma": N_("“%(key)s” has no value: a comma within braces begins a new key. Put the whole text in quotes."),
    "hash": N_("“%(key)s” has no value: # begins a note that is not read. Put the text in quotes."),
    "empty_list": N_("“%(key)s” is an empty list. Delete the line; where it does not apply, write “%(key)s:” and under it not_applicable and the reason."),
    "empty_group": N_("“%(key)s” is an empty group. Fill it, or delete the line."),
    # Shape
    "group_expected": N_("A group of “key: value” lines belongs here, not %(given)s."),
    "list_expected": N_("A list belongs here, each item on its own line after “- ”, not %(given)s."),
    "text_expected": N_("A text belongs here, not %(given)s."),
    "unknown_key": N_("“%(key)s” is not known here.%(hint)s%(known)s"),
    "not_applicable_here": N_("Write “not_applicable” indented under the line that does not apply. Such a line can be: %(known)s."),
    "missing_key": N_("“%(key)s” is missing. Add it."),
    "one_of": N_("Something is missing. Give one of these: %(known)s."),
    "only_one_of": N_("Give only one of these: %(known)s."),
    # Values
    "blank": N_("The text is empty. Write it, or delete the line."),
    "no_text": N_("The text in language “%(key)s” is empty. Write it."),
    "none_or_group": N_("Write none, or a group with logic and significance; not %(given)s."),
    "none_or_text": N_("Write none, or a text in each language; not %(given)s."),
    "transfers_expected": N_("Write {outside_eea: none}, as-a-rule-not or yes in place of none; not %(given)s."),
    "texts_expected": N_("A text in each language belongs here (%(known)s), not %(given)s."),
    "missing_language": N_("The text in language “%(language)s” is missing. Add “%(language)s: …” beside the others."),
    "unknown_language": N_("“%(key)s” is no language of this site.%(hint)s%(known)s"),
    "no_catalogue": N_("The product has no texts in language “%(value)s”. It has them in: %(known)s."),
    "not_a_choice": N_("“%(value)s” is not one of the choices.%(hint)s%(known)s"),
    "unknown_rule": N_("There is no rule “%(value)s”.%(hint)s docs/checks.md tells all rules."),
    "not_a_flag": N_("“%(value)s” is neither true nor false. Write true or false."),
    "not_a_date": N_("“%(value)s” is no date. Write it as year-month-day: 2026-11-22."),
    "no_such_day": N_("There is no day %(value)s. Check the month and the day."),
    "not_a_number": N_("“%(value)s” is no whole number from 1 to 99999. Write digits only."),
    "not_an_id": N_("“%(value)s” is no id. Use small letters a–z, digits and hyphens: customer-register."),
    "not_a_business_id": N_("“%(value)s” is no business id. Its form is 1234567-1, and the last digit must agree with the others. Check each digit."),
    "not_a_country": N_("“%(value)s” is no country code. Write two capital letters: FI, NO, US."),
    "not_a_phone": N_("“%(value)s” is no telephone number. Write digits, spaces and at most a + in front: +358 9 123 456."),
    "not_an_email": N_("“%(value)s” is no e-mail address. Write it in full: name@example.fi."),
    "not_a_web_address": N_("“%(value)s” is no web address. Write https://… or www.…"),
    "not_a_colour": N_("“%(value)s” is no colour. Write it in quotes, # and six digits or letters a–f: '#0b5d66'."),
    "too_pale": N_("“%(value)s” is too pale: white text on it is hard to read (contrast %(contrast)s to 1, at least 4.5 is needed). Choose a darker one."),
    "not_an_article": N_("“%(value)s” is not a place in the GDPR that fits here.%(known)s"),
    "not_an_image": N_("“%(value)s” is no picture that can be published. Put an .svg or .png file beside site.yaml and write its name."),
    "no_image": N_("There is no file “%(value)s” beside site.yaml. Put it there, or mend the name."),
    "html": N_("“%(value)s” is HTML, which is not used here. Write Markdown: **bold**, [text](https://…)."),
    "bad_link": N_("“%(value)s” is no address for a link. Use https://…, mailto:… or tel:…"),
    "text_for_what": N_("“%(value)s” is not a key that the product knows a text for.%(hint)s%(known)s Or write the text itself in each language."),
    # Ids
    "unknown_id": N_("There is no “%(value)s” in %(file)s.%(hint)s Write an id that is there, or the text itself in each language."),
    "unknown_register": N_("There is no register “%(value)s” in content/registers/.%(hint)s%(known)s Mend the id, or delete it here."),
    "unknown_contact": N_("There is no “%(value)s” among the contacts.%(hint)s Mend the id, or add the contact."),
    "duplicate_id": N_("The id “%(value)s” is already in use. Give this one another."),
    "duplicate_register": N_("The id “%(value)s” is already that of %(file)s. Give this register another."),
    "id_inline": N_("What is written here itself needs no id. Delete the id, or move the entry to %(file)s and write only the id here."),
    # Pages
    "page_language": N_("The page is missing in language “%(language)s”. Add the file %(file)s."),
    "page_name": N_("The name of the file should be name.language.md, for example cookies.fi.md, with small letters a–z, digits and hyphens."),
    "page_title": N_("The first line should be the title of the page: # Title."),
    "page_taken": N_("The address “%(value)s” belongs to another page. Rename the file."),
}  # fmt: skip


@dataclass(frozen=True, order=True)
class Problem:
    """One reason why the notice cannot be published, and its place."""

    path: str
    line: int
    column: int
    kind: str
    values: Mapping[str, Any] = field(default_factory=dict, compare=False)

    def message(self, messages: NullTranslations) -> str:
        values = {
            name: _written(value, messages) for name, value in self.values.items()
        }
        return messages.gettext(MESSAGES[self.kind]) % values

    def line_of_report(self, messages: NullTranslations) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message(messages)}"


class ContentError(Exception):
    """The notice cannot be published; `problems` lists every reason."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__(f"{len(self.problems)} problems in the content")


class GivenValue:
    """What an author wrote, named in a message: “Suomi”, a list, a group."""

    def __init__(self, value: object) -> None:
        self.value = value

    def show(self, messages: NullTranslations) -> str:
        match self.value:
            case list() | tuple():
                return messages.gettext("a list")
            case dict():
                return messages.gettext("a group")
            case None:
                return messages.gettext("nothing")
            case _:
                return messages.gettext("“%s”") % _short(str(self.value))


class KnownNames:
    """The names that would be right; for a long list, a reference to the docs."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = list(names)

    def show(self, messages: NullTranslations) -> str:
        if not self.names:
            return ""
        if len(self.names) > MOST_NAMES:
            return messages.gettext(" docs/content.md tells them all.")
        return messages.gettext(" Known are: %s.") % ", ".join(self.names)


MOST_NAMES = 12


class NearestName:
    """A suggestion: the known name that is most like the value, if any is."""

    def __init__(self, value: object, known: Iterable[str]) -> None:
        self.value, self.known = str(value), list(known)

    def show(self, messages: NullTranslations) -> str:
        near = nearest(self.value, self.known)
        return messages.gettext(" Did you mean “%s”?") % near if near else ""


def nearest(value: str, known: Iterable[str]) -> str | None:
    """Return the known word that is most like a misspelt one, if any is."""
    cutoff = next(likeness for length, likeness in _LIKENESS if len(value) <= length)
    return next(iter(get_close_matches(value, [*known], n=1, cutoff=cutoff)), None)


# One letter changes much of a short word; long words are alike by chance.
_LIKENESS = ((4, 0.5), (7, 0.6), (math.inf, 0.75))


def _written(value: object, messages: NullTranslations) -> str:
    match value:
        case GivenValue() | NearestName() | KnownNames():
            return value.show(messages)
        case float():
            spoken = locale(language_of(messages))
            return format_decimal(value, "0.0", locale=spoken)
        case list() | tuple() | set() | frozenset():
            return ", ".join(map(str, value))
        case _:
            return _short(str(value))


def _short(value: str, limit: int = 60) -> str:
    line = " ".join(value.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
