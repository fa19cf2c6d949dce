"""What was answered: as a request to file, and as rows to check before it is sent."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wtforms import BooleanField, Field, RadioField

from generator.languages import N_
from request_app.cases.intake.submission import Submission
from request_app.public.forms import Details
from request_app.web.questions import ALL, DETAILS, EMAIL, LETTER, OWN, PHONE

PERSON = ("whose", "whose_name", "name", "reach", "email", "post", "phone", "known")
WAYS = {"email": EMAIL, "post": LETTER, "phone": PHONE}


class Row(NamedTuple):
    """A question and its answers; some are texts of ours, to be translated."""

    label: str
    values: list[str]
    ours: bool = False


def submission(form: Details) -> Submission:
    """The request as it is filed: what does not belong to it is left behind."""
    person = {name: form[name].data for name in PERSON if _counts(form, name)}
    request: dict[str, object] = {
        name: form[name].data
        for name in _details(form)
        if name != "items" and _counts(form, name)
    }
    if form.asks("items"):
        request["items"] = [each.data for each in form.items if not each.form.is_empty]
    return Submission(
        language=form.reply_language.data,
        rights=frozenset(form.asked),
        registers=frozenset(() if _is_all(form) else form.registers.data),
        all_data=_is_all(form),
        parts={"person": person, "request": request},
        email=person.get("email"),
    )


def what_rows(form: Details) -> Iterator[Row]:
    """What is asked, and of which data."""
    yield Row(form.rights.label.text, _labels(form.rights, form.asked))
    if _is_all(form):
        yield Row(form.scope.label.text, [N_("All my data")], ours=True)
    else:
        registers = _labels(form.registers, form.registers.data)
        yield Row(form.scope.label.text, registers)


def detail_rows(form: Details) -> Iterator[Row]:
    for name in _details(form):
        if name == "items":
            yield from _item_rows(form)
        elif _counts(form, name):
            yield _row(form[name])


def person_rows(form: Details) -> Iterator[Row]:
    yield from (_row(form[name]) for name in PERSON if _counts(form, name))
    yield _row(form.reply_language)


def _details(form: Details) -> Iterator[str]:
    for right in form.asked:
        yield from DETAILS[right]
    yield "text"


def _item_rows(form: Details) -> Iterator[Row]:
    for item in form.items:
        yield from (_row(field) for field in item.form if field.data)


def _counts(form: Details, name: str) -> bool:
    """Tell whether an answer was given and belongs to what was asked."""
    if not form[name].data:
        return False
    if name in WAYS:
        return bool(form.reach.data == WAYS[name])
    if name == "whose_name":
        return bool(form.whose.data != OWN)
    return form.asks(name)


def _row(field: Field) -> Row:
    label = field.label.text
    if isinstance(field, BooleanField):
        return Row(label, [N_("Yes")], ours=True)
    if isinstance(field, RadioField):
        return Row(label, _labels(field, [field.data]), ours=True)
    return Row(label, [field.data])


def _labels(field: Field, values: Iterable[str]) -> list[str]:
    return [field.choices[value] for value in values]


def _is_all(form: Details) -> bool:
    return bool(form.scope.data == ALL)
