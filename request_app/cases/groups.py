"""The groups of data that are decided one by one, and what each is called."""

from generator.languages import catalogue
from request_app.cases.plan import place_name
from request_app.cases.steps import PART, Decided
from request_app.published import Kept

ALL = "all"
ITEM = "item-"


def whole_of(each: Decided) -> str:
    """The register, item or “all” of which a decision is, or is a part of."""
    return each.group.partition(PART)[0]


def name_of_group(group: str, kept: Kept, language: str) -> str:
    """What a whole group is called."""
    _ = catalogue(language).gettext
    if group == ALL:
        return _("all your data")
    if group.startswith(ITEM):
        number = group.removeprefix(ITEM)
        return _("item %(number)s of your request") % {"number": number}
    return place_name(group, kept, language)
