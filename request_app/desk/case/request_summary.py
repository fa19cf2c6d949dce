"""What a person asked, as staff read it: their words beside our questions."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from generator.languages import N_, own_name
from request_app.cases.lifecycle.opened import OWN, Opened
from request_app.desk.intake.entry_form import EntryForm
from request_app.desk.shell.labels import RIGHTS
from request_app.store.values import Right
from request_app.web.questions import DETAILS

WITHHELD = N_(
    "Not shown: the person has a non-disclosure order. Use another way, or a post "
    "office box that they give."
)


class Row(NamedTuple):
    """A question and what was answered."""

    label: str
    value: str


class Correction(NamedTuple):
    """One thing to correct, from what to what."""

    now: str
    right: str
    why: str


def person_rows(opened: Opened, say: Callable[[str], str]) -> Iterator[Row]:
    """Who asks and how they are reached; a secret address is neither shown nor sent."""
    form, person = EntryForm(), opened.parts.get("person", {})
    for name in ("name", "email", "post", "phone", "known"):
        if not person.get(name):
            continue
        hidden = name == "post" and opened.flags.hidden_address
        value = say(WITHHELD) if hidden else str(person[name])
        yield Row(say(form[name].label.text), value)
    yield Row(say(form.reply_language.label.text), own_name(opened.case.language))
    whose = person.get("whose", OWN)
    if whose != OWN:
        told = form.whose.choices.get(whose, str(whose))
        yield Row(say(form.whose.label.text), say(told))
        yield Row(say(form.whose_name.label.text), str(person.get("whose_name") or "–"))


def asked_rows(opened: Opened, say: Callable[[str], str]) -> Iterator[Row]:
    """What was written about each right, and in the person's own words."""
    named = [name for right in _in_order(opened.rights) for name in DETAILS[right]]
    others = [name for names in DETAILS.values() for name in names]
    yield from _rows(opened, (*named, *others, "text"), say)


def asked_of_right(
    opened: Opened, right: Right, say: Callable[[str], str]
) -> Iterator[Row]:
    """What was written about one right, and in the person's own words."""
    yield from _rows(opened, (*DETAILS[right], "text"), say)


def corrections(opened: Opened) -> list[Correction]:
    """Old value, new value and why, one thing at a time: GDPR Art. 16."""
    items: list[Mapping[str, Any]] = opened.parts.get("request", {}).get("items") or []
    return [
        Correction(*(str(each.get(name) or "") for name in ("now", "right", "why")))
        for each in items
    ]


def _rows(
    opened: Opened, names: Iterable[str], say: Callable[[str], str]
) -> Iterator[Row]:
    """Each question once that has an answer; items stand by themselves."""
    form, told = EntryForm(), opened.parts.get("request", {})
    for name in dict.fromkeys(names):
        value = told.get(name)
        if value and name != "items":
            yield Row(say(form[name].label.text), _written(form, name, value, say))


def rights_in_words(rights: frozenset[Right], say: Callable[[str], str]) -> list[str]:
    return [say(RIGHTS[right]) for right in _in_order(rights)]


def _in_order(rights: frozenset[Right]) -> list[Right]:
    return sorted(rights, key=list(Right).index)


def _written(
    form: EntryForm, name: str, value: object, say: Callable[[str], str]
) -> str:
    if value is True:
        return say(N_("Yes"))
    choices = getattr(form[name], "choices", None) or {}
    return say(choices[value]) if value in choices else str(value)
