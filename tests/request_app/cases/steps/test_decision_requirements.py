"""What a decision must say: the form, the rules and the answer all ask here."""

import pytest

from request_app.cases.rights import Outcome
from request_app.cases.steps.decision_requirements import (
    ABOUT,
    SENTENCES,
    Lack,
    missing,
)
from request_app.store.values import Right
from tests.support.case_steps import decide

REASON = {"facts": "Because.", "kept_until": "1.1.2030", "provision": "Laki 1 §"}
REFUSED, GRANTED = Outcome.REFUSED, Outcome.GRANTED
KEPT_BY_LAW = "exception_17_3_b"  # another act orders to keep the data


@pytest.mark.parametrize(
    ("right", "outcome", "ground", "words", "expected"),
    [
        pytest.param(Right.ACCESS, GRANTED, None, {}, [], id="what is given needs no reason"),
        pytest.param(Right.ACCESS, REFUSED, None, REASON, ["no-ground"], id="a refusal needs a ground"),
        pytest.param(Right.ACCESS, REFUSED, KEPT_BY_LAW, REASON, ["wrong-ground"], id="a ground of another right"),
        pytest.param(Right.ERASURE, REFUSED, KEPT_BY_LAW, REASON, [], id="a refusal that is complete"),
        pytest.param(Right.ERASURE, REFUSED, KEPT_BY_LAW, {}, ["no-facts", "no-provision", "no-kept-until"], id="a refusal without words"),
        pytest.param(Right.MARKETING, REFUSED, None, REASON, ["never-refused"], id="marketing is never refused"),
        pytest.param(Right.ACCESS, Outcome.NOT_IDENTIFIED, None, {}, ["no-facts"], id="not identified needs the facts"),
        pytest.param(Right.ACCESS, Outcome.PASSED_ON, None, {}, ["no-controller"], id="passed on to somebody"),
        pytest.param(Right.RECTIFICATION, GRANTED, None, {"new": "1975"}, ["no-old-or-new"], id="a correction tells both"),
        pytest.param(Right.HUMAN_REVIEW, GRANTED, None, {}, ["no-outcome"], id="a review says what came of it"),
    ],
)  # fmt: skip
def test_what_is_missing_is_told(right, outcome, ground, words, expected):
    decision = decide(right, outcome, ground=ground)

    assert [lack.value for _, lack in missing(decision, words)] == expected


def test_each_lack_has_its_sentences():
    assert set(SENTENCES) == set(ABOUT) == set(Lack)
