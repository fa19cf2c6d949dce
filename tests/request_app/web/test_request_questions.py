"""The catalogue of questions: both forms have all of it, and what was answered reads."""

from collections import Counter

import pytest
from wtforms import Form

from request_app.desk.intake.entry_form import FOR_PEOPLE_ALONE, EntryForm
from request_app.public.forms import PublicForm
from request_app.store.values import Right
from request_app.web.fields import Choice
from request_app.web.request_questions import (
    CORRECTION,
    DETAILS,
    GROUPS,
    PERSON_READS,
    QUESTIONS,
    STAFF_READ,
    answered,
    asking,
)

TOLD = {
    "access_form": "paper",
    "object_restrict": True,
    "items": [{"now": "Airila", "right": "Airola", "why": ""}],
    "reach": "email",
    "known": "Olen jäsen.",
    "text": "",
    "of_old": "Tämä kysyttiin ennen.",
}


def rows(words):
    return [tuple(each) for each in answered(TOLD, words, str)]


def names(form):
    return {each.name for each in form}


def test_no_two_questions_share_a_name():
    counted = Counter(name for group in (*GROUPS, CORRECTION) for name in group)

    assert max(counted.values()) == 1


def test_every_right_has_its_questions_or_none():
    assert set(DETAILS) == set(Right)


def test_the_form_of_people_asks_all(app):
    with app.app_context():
        asked = names(PublicForm(formdata=None))

    assert asked == set(QUESTIONS)


def test_the_form_at_the_desk_asks_all_but_what_is_for_people_alone():
    assert set(QUESTIONS) - names(EntryForm()) == FOR_PEOPLE_ALONE


@pytest.mark.parametrize("words", [PERSON_READS, STAFF_READ], ids=["person", "staff"])
def test_one_of_several_choices_can_be_asked_for_again(words):
    choices = [name for name, each in QUESTIONS.items() if each.kind is Choice]
    silent = {name for name in choices if not words[name].missing}

    assert silent - FOR_PEOPLE_ALONE == {"reply_language"}  # it always has an answer


def test_a_person_reads_what_they_answered_in_the_words_they_were_asked_in():
    assert rows(PERSON_READS) == [
        ("In what form do you want the data?", "On paper"),
        ("Do not use my data until you have checked this.", "Yes"),
        ("The data now", "Airila"),
        ("The data as they should be", "Airola"),
        ("How can we reach you?", "By e-mail"),
        ("How might we know you? (optional)", "Olen jäsen."),
        ("of_old", "Tämä kysyttiin ennen."),
    ]


def test_staff_read_the_same_in_their_own_words():
    assert rows(STAFF_READ) == [
        ("In what form are the data wanted?", "On paper"),
        ("The data must not be used until this has been checked.", "Yes"),
        ("The data now", "Airila"),
        ("The data as they should be", "Airola"),
        ("How the person is reached", "E-mail"),
        ("How might we know the person?", "Olen jäsen."),
        ("of_old", "Tämä kysyttiin ennen."),
    ]


def test_a_form_has_label_hint_choices_and_what_is_chosen_at_first():
    one = {"whose": QUESTIONS["whose"]}

    field = asking(one, STAFF_READ)(type("Asked", (Form,), {}))().whose

    assert field.label.text == "Whose data is this about?"
    assert field.choices["child"] == "A child in the person’s custody"
    assert field.data == "own"
