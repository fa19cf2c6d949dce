"""A request as it was filled in: what of it is filed, and what is left behind."""

import pytest
from werkzeug.datastructures import MultiDict

from request_app.store.values import Channel, Right
from request_app.web.request_form import RequestForm
from request_app.web.request_questions import PERSON_READS, QUESTIONS, asking

FILLED = {
    "rights": "rectification",
    "scope": "all",
    "reply_language": "fi",
    "whose": "own",
    "name": "Testi Testinen",
    "email": "testi@example.com",
}


@asking(QUESTIONS, PERSON_READS)
class AnyForm(RequestForm):
    """Neither at the desk nor in the open."""


def filled(**answers):
    form = AnyForm(MultiDict(FILLED | answers))
    form.registers.choices = {"members": "Jäsenet"}
    return form


def parts(**answers):
    return filled(**answers).submission().parts


def faults(**answers):
    form = filled(**answers)
    form.validate()
    return form.errors


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        pytest.param({"erasure_data": "Laskut"}, {}, id="of another right"),
        pytest.param({"items-0-now": ""}, {}, id="a correction without a word"),
        pytest.param({"text": "Hei"}, {"text": "Hei"}, id="in their own words"),
        pytest.param({"rectify_restrict": "y"}, {"rectify_restrict": True}, id="a box"),
    ],
)
def test_what_belongs_to_the_request_is_filed(answers, kept):
    assert parts(**answers)["request"] == {"items": []} | kept


def test_only_corrections_with_a_word_are_filed():
    told = {"items-0-now": "", "items-1-now": "Airila", "items-1-right": "Airola"}

    assert parts(**told)["request"]["items"] == [
        {"now": "Airila", "right": "Airola", "why": ""}
    ]


@pytest.mark.parametrize(
    ("whose", "kept"), [("own", None), ("child", "Lapsi Testinen")]
)
def test_another_is_named_where_another_is_meant(whose, kept):
    person = parts(whose=whose, whose_name="Lapsi Testinen")["person"]

    assert person.get("whose_name") == kept


def test_registers_count_where_not_all_data_are_meant():
    every = filled(registers="members").submission()
    some = filled(scope="some", registers="members").submission()

    assert (every.all_data, every.registers) == (True, frozenset())
    assert (some.all_data, some.registers) == (False, {"members"})


def test_the_rest_tells_who_asks_for_what_and_how_it_came():
    told = filled().submission(channel=Channel.PHONE)

    assert told.channel == Channel.PHONE
    assert told.rights == {Right.RECTIFICATION}
    assert told.email == told.parts["person"]["email"] == "testi@example.com"


@pytest.mark.parametrize(
    ("answers", "field", "fault"),
    [
        ({"rights": "quux"}, "rights", "Choose what you want to ask for."),
        ({"scope": "quux"}, "scope", "Choose which data you mean."),
        (
            {"scope": "some"},
            "registers",
            "Choose the registers, or all your data.",
        ),
        (
            {"scope": "some", "registers": "gone"},
            "registers",
            "A register that you chose is no longer in the notice. Choose again.",
        ),
        ({"whose": "quux"}, "whose", "Choose whose data this is about."),
        ({"whose": "child"}, "whose_name", "Write the name of the person."),
        ({"name": ""}, "name", "Write your name."),
        (
            {"email": "testi@"},
            "email",
            "Write the e-mail address in the form name@example.com.",
        ),
        ({"phone": "soita"}, "phone", "Write your phone number in digits."),
        (
            {"rights": "access", "access_form": "stone"},
            "access_form",
            "Choose in what form you want the data.",
        ),
    ],
)
def test_a_fault_is_told_in_the_words_of_the_form(answers, field, fault):
    assert faults(**answers)[field] == [fault]


def test_who_only_forbids_marketing_need_not_say_who_they_are():
    assert "name" not in faults(rights="marketing-objection", name="")
