"""The request as staff see it: each question with the person’s answer."""

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
    """One item to rectify: the present value, the right one and why."""

    now: str
    right: str
    why: str


def person_rows(
    opened: Opened, gettext: Callable[[str], str]
) -> Iterator[request_questions.AnsweredQuestion]:
    """The requester and their contact details, without a secret address."""
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
    """The answers about each right, and the free text."""
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
    """The answers about one right, and the free text."""
    yield from _rows(
        _request(opened),
        (*request_questions.DETAILS[right], *request_questions.TEXT),
        gettext,
    )


def corrections(opened: Opened) -> list[Correction]:
    """The items to rectify: GDPR Art. 16."""
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
    answers: Mapping[str, Any], names: Iterable[str], gettext: Callable[[str], str]
) -> Iterator[request_questions.AnsweredQuestion]:
    """Each answered question once; items to rectify are shown elsewhere."""
    shown = {
        name: answers[name] for name in names if name in answers and name != "items"
    }
    yield from request_questions.answered(shown, request_questions.STAFF_READ, gettext)


def _in_order(rights: frozenset[Right]) -> list[Right]:
    return sorted(rights, key=list(Right).index)
