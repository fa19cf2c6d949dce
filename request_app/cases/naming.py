"""What the keys in the steps of a case are called: groups of data and recipients."""

from generator.languages import N_, catalogue
from request_app.cases.groups import ALL, ITEM
from request_app.cases.plan import place_name
from request_app.cases.steps import PART, Words
from request_app.published import Kept


def group_name(group: str, kept: Kept, language: str, words: Words) -> str:
    """What a decision is about; of a part of a register, as it was written."""
    say = catalogue(language).gettext
    whole, part, _ = group.partition(PART)
    if whole == ALL:
        name = say(N_("All data"))
    elif whole.startswith(ITEM):
        name = say(N_("Item %(number)s")) % {"number": whole.removeprefix(ITEM)}
    else:
        name = place_name(whole, kept, language)
    return ", ".join(filter(None, (name, words.get("data")))) if part else name


def recipient_name(label: str | None, words: Words) -> str:
    """The name that staff found, beside the kind that the notice tells."""
    return ": ".join(dict.fromkeys(filter(None, (label, words.get("name")))))
