"""What a person asked, as staff read it: their words beside our questions."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from generator.languages import N_, own_name
from request_app.cases.lifecycle.opened_case import OWN, Opened
from request_app.desk.shell.labels import RIGHTS
from request_app.store.values import Right
from request_app.web import request_questions

WITHHELD = N_(
    "Not shown: the person has a non-disclosure order. Use another way, or a post "
    "office box that they give."
)


class Correction(NamedTuple):
    """One thing to correct, from what to what."""

    now: str
    right: str
    why: str


def person_rows(
    opened: Opened, gettext: Callable[[str], str]
) -> Iterator[request_questions.AnsweredQuestion]:
    """The requester and how to reach them; a secret address is left out."""
    person = dict(opened.parts.get("person", {}))
    if opened.flags.hidden_address and person.get("post"):
        person["post"] = gettext(WITHHELD)
    yield from _rows(person, ("name", "email", "post", "phone", "known"), gettext)
    language = request_questions.STAFF_READ["reply_language"]
    yield request_questions.AnsweredQuestion(
        gettext(language.label), own_name(opened.case.language)
    )
    if person.get("whose", OWN) != OWN:
        named = {
            "whose": person["whose"],
            "whose_name": person.get("whose_name") or "–",
        }
        yield from request_questions.answered(
            named, request_questions.STAFF_READ, gettext
        )


def asked_rows(
    opened: Opened, gettext: Callable[[str], str]
) -> Iterator[request_questions.AnsweredQuestion]:
    """What was written about each right, and in the person's own words."""
    asked = [
        name
        for right in _in_order(opened.rights)
        for name in request_questions.DETAILS[right]
    ]
    yield from _rows(
        _request(opened),
        (*asked, *request_questions.RIGHT_OF, *request_questions.TEXT),
        gettext,
    )


def asked_of_right(
    opened: Opened, right: Right, gettext: Callable[[str], str]
) -> Iterator[request_questions.AnsweredQuestion]:
    """What was written about one right, and in the person's own words."""
    yield from _rows(
        _request(opened),
        (*request_questions.DETAILS[right], *request_questions.TEXT),
        gettext,
    )


def corrections(opened: Opened) -> list[Correction]:
    """Old value, new value and why, one thing at a time: GDPR Art. 16."""
    return [
        Correction(*(str(each.get(name) or "") for name in ("now", "right", "why")))
        for each in _request(opened).get("items") or []
    ]


def rights_in_words(
    rights: frozenset[Right], gettext: Callable[[str], str]
) -> list[str]:
    return [gettext(RIGHTS[right]) for right in _in_order(rights)]


def _request(opened: Opened) -> Mapping[str, Any]:
    return opened.parts.get("request", {})


def _rows(
    told: Mapping[str, Any], names: Iterable[str], gettext: Callable[[str], str]
) -> Iterator[request_questions.AnsweredQuestion]:
    """Each question once that has an answer; items stand by themselves."""
    shown = {name: told[name] for name in names if name in told and name != "items"}
    yield from request_questions.answered(shown, request_questions.STAFF_READ, gettext)


def _in_order(rights: frozenset[Right]) -> list[Right]:
    return sorted(rights, key=list(Right).index)
