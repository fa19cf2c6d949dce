"""The names of groups of data and recipients, which steps hold as keys."""

from collections.abc import Mapping
from typing import NamedTuple

from generator.languages import N_, catalogue
from request_app.cases.notice.data_groups import ALL, ITEM, PART, is_item, whole_of
from request_app.cases.notice.plan import place_name
from request_app.published import Kept


class _FixedNames(NamedTuple):
    """The names of groups that do not come from the notice."""

    everything: str
    item: str


_ON_DESK = _FixedNames(N_("The whole matter"), N_("Item %(number)s"))
_IN_LETTER = _FixedNames(N_("all your data"), N_("item %(number)s of your request"))


def group_name(
    group: str, kept: Kept, language: str, words: Mapping[str, str] | None = None
) -> str:
    """The name of a group on the desk; a part with the words of staff."""
    name = _whole(group, kept, language, _ON_DESK)
    data = (words or {}).get("data", "") if PART in group else ""
    return ", ".join(filter(None, (name, data)))


def name_in_letter(group: str, kept: Kept, language: str) -> str:
    """The name of a whole group in a letter to the person."""
    return _whole(group, kept, language, _IN_LETTER)


def recipient_name(label: str | None, words: Mapping[str, str]) -> str:
    """The kind of recipient in the notice, with the name that staff found."""
    return ": ".join(dict.fromkeys(filter(None, (label, words.get("name")))))


def _whole(group: str, kept: Kept, language: str, fixed: _FixedNames) -> str:
    gettext, whole = catalogue(language).gettext, whole_of(group)
    if whole == ALL:
        return gettext(fixed.everything)
    if is_item(whole):
        return gettext(fixed.item) % {"number": whole.removeprefix(ITEM)}
    return place_name(whole, kept, language)
