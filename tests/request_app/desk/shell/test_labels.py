"""Each value that the desk shows has words, in one table for all pages."""

import pytest

from request_app.cases.decision.recipients import Change
from request_app.cases.delivery.channels import Means
from request_app.cases.delivery.delivery_code import DeliveryStage
from request_app.cases.rights import Outcome
from request_app.cases.steps.facts import IdentityMethod, Mandate, WhyNotTold
from request_app.deadlines import PauseKind
from request_app.desk.shell import labels
from request_app.store.queue import View
from request_app.store.values import Channel, LetterKind, Right, State, Way


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (Right, labels.RIGHTS),
        (Right, labels.DONE),
        (Channel, labels.CHANNELS),
        (Channel, labels.CAME),
        (State, labels.STATES),
        (DeliveryStage, labels.REACHED),
        (Way, labels.WAYS),
        (Means, labels.MEANS),
        (LetterKind, labels.LETTERS),
        (IdentityMethod, labels.METHODS),
        (Mandate, labels.MANDATES),
        (PauseKind, labels.QUESTIONS),
        (Outcome, labels.OUTCOMES),
        (Change, labels.CHANGES),
        (WhyNotTold, labels.WHY_NOT_TOLD),
        (View, labels.VIEWS),
        (View, labels.EMPTY),
    ],
)
def test_no_value_is_without_words(values, words):
    assert set(words) == set(values)


def test_a_suspicion_that_is_no_longer_known_stands_as_it_is():
    assert labels.why("fast quux") == [labels.SUSPICIONS["fast"], "quux"]
