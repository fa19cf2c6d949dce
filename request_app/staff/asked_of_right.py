"""What the person asked of one right, beside the page where it is decided."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from request_app.cases.desk import Opened
from request_app.staff.entry import EntryForm
from request_app.store.values import Right
from request_app.web.questions import DETAILS


class Row(NamedTuple):
    """A question in the words of the desk, and the answer of the person."""

    label: str
    answer: str
    ours: bool = False  # one of our own choices, to be translated


def asked(opened: Opened, right: Right) -> list[Row]:
    """The answers that belong to a right, and what was written besides."""
    request = opened.parts.get("request", {})
    return list(_rows(request, right))


def items(opened: Opened) -> list[Mapping[str, str]]:
    """What is to be corrected: the data now, as they should be, and why."""
    found = opened.parts.get("request", {}).get("items", ())
    return [each for each in found if isinstance(each, Mapping)]


def _rows(request: Mapping[str, Any], right: Right) -> Iterator[Row]:
    form = EntryForm()
    for name in (*DETAILS[right], "text"):
        answer = request.get(name)
        if name == "items" or not answer:
            continue
        field = form[name]
        choices = getattr(field, "choices", None) or {}
        if answer is True:
            yield Row(field.label.text, "")
        elif answer in choices:
            yield Row(field.label.text, choices[answer], ours=True)
        else:
            yield Row(field.label.text, str(answer))
