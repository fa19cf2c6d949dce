"""What the keys in the steps of a case are called: groups of data and recipients."""

from collections.abc import Mapping
from typing import NamedTuple

from generator.languages import N_, catalogue
from request_app.cases.notice.data_groups import ALL, ITEM, PART, is_item, whole_of
from request_app.cases.notice.plan import place_name
from request_app.published import Kept


class _Called(NamedTuple):
    """What is called the same whatever the notice says."""

    everything: str
    item: str


_ON_DESK = _Called(N_("The whole matter"), N_("Item %(number)s"))
_IN_LETTER = _Called(N_("all your data"), N_("item %(number)s of your request"))


def group_name(
    group: str, kept: Kept, language: str, words: Mapping[str, str] | None = None
) -> str:
    """What a decision is about, on the desk; a part as it was written."""
    name = _whole(group, kept, language, _ON_DESK)
    data = (words or {}).get("data", "") if PART in group else ""
    return ", ".join(filter(None, (name, data)))


def name_in_letter(group: str, kept: Kept, language: str) -> str:
    """What a whole group is called to the person."""
    return _whole(group, kept, language, _IN_LETTER)


def recipient_name(label: str | None, words: Mapping[str, str]) -> str:
    """The name that staff found, beside the kind that the notice tells."""
    return ": ".join(dict.fromkeys(filter(None, (label, words.get("name")))))


def _whole(group: str, kept: Kept, language: str, called: _Called) -> str:
    say, whole = catalogue(language).gettext, whole_of(group)
    if whole == ALL:
        return say(called.everything)
    if is_item(whole):
        return say(called.item) % {"number": whole.removeprefix(ITEM)}
    return place_name(whole, kept, language)
