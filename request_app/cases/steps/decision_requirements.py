"""The fields that a decision needs before it can go into an answer, by article.

The form shows what is missing at its field, the rules object to a step without it, and
the answer links to it.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from generator.languages import N_
from request_app.cases.grounds import refusals_of
from request_app.cases.rights import DONE_IN_WORDS, NOT_DONE, Outcome
from request_app.cases.steps.facts import Decision, Words
from request_app.store.values import AT_ONCE, Right


class Lack(StrEnum):
    """What is missing in a decision: the code that letters and pages use."""

    NEVER_REFUSED = "never-refused"
    NO_GROUND = "no-ground"
    WRONG_GROUND = "wrong-ground"
    NO_FACTS = "no-facts"
    NO_PROVISION = "no-provision"
    NO_KEPT_UNTIL = "no-kept-until"
    NO_CONTROLLER = "no-controller"
    NO_OLD_OR_NEW = "no-old-or-new"
    NO_OUTCOME = "no-outcome"


class Missing(NamedTuple):
    """A field that is empty or wrong, and why."""

    field: str
    lack: Lack


# The sentences for rules, and those for pages, which name the data.
SENTENCES: Mapping[Lack, str] = {
    Lack.NEVER_REFUSED: N_(
        "Direct marketing is stopped and consent withdrawn without conditions (GDPR "
        "Art. 21(3), 7(3))."
    ),
    Lack.NO_GROUND: N_("Choose the ground of the refusal."),
    Lack.WRONG_GROUND: N_("Choose the ground of the refusal."),
    Lack.NO_FACTS: N_("Write the facts of this case that are the reason."),
    Lack.NO_PROVISION: N_("Write the act and section that the refusal rests on."),
    Lack.NO_KEPT_UNTIL: N_("Write until when the data are kept."),
    Lack.NO_CONTROLLER: N_(
        "Write the name of the controller to whom it was passed on."
    ),
    Lack.NO_OLD_OR_NEW: N_("Write what the data say now."),
    Lack.NO_OUTCOME: N_("Write what was done."),
}
ABOUT: Mapping[Lack, str] = {
    Lack.NEVER_REFUSED: N_("This is never refused: %(about)s"),
    Lack.NO_GROUND: N_("Choose the ground: %(about)s"),
    Lack.WRONG_GROUND: N_("This ground does not go with this right: %(about)s"),
    Lack.NO_FACTS: N_("Write the facts of this case: %(about)s"),
    Lack.NO_PROVISION: N_("Write act and section: %(about)s"),
    Lack.NO_KEPT_UNTIL: N_("Write how long the data are kept: %(about)s"),
    Lack.NO_CONTROLLER: N_("Write to whom the request was passed on: %(about)s"),
    Lack.NO_OLD_OR_NEW: N_("Write the data before and after: %(about)s"),
    Lack.NO_OUTCOME: N_("Write what was done: %(about)s"),
}


def missing(decision: Decision, words: Words) -> Iterator[Missing]:
    """Yield each field of a decision that is empty or has an impossible value."""

    def lacks(name: str) -> bool:
        return not words.get(name, "").strip()

    refused, right = decision.outcome is Outcome.REFUSED, decision.right
    if decision.outcome in NOT_DONE:
        yield from _missing_ground(decision)
        if lacks("facts"):  # Art. 12(4), EDPB 01/2022 ¶174: the facts of this case
            yield Missing("facts", Lack.NO_FACTS)
        ground = decision.refusal
        if ground and ground.asks_provision and lacks("provision"):  # ¶174
            yield Missing("provision", Lack.NO_PROVISION)
    if refused and right is Right.ERASURE and lacks("kept_until"):  # Art. 13(2)(a)
        yield Missing("kept_until", Lack.NO_KEPT_UNTIL)
    if decision.outcome is Outcome.PASSED_ON and lacks("controller"):  # Art. 28(3)(e)
        yield Missing("controller", Lack.NO_CONTROLLER)
    if decision.outcome is Outcome.GRANTED:
        if right is Right.RECTIFICATION and (lacks("old") or lacks("new")):  # Art. 16
            yield Missing("new", Lack.NO_OLD_OR_NEW)
        if right in DONE_IN_WORDS and lacks("done"):  # Art. 12(3)
            yield Missing("done", Lack.NO_OUTCOME)


def _missing_ground(decision: Decision) -> Iterator[Missing]:
    """Art. 12(4): a refusal needs a ground; Art. 21(3), 7(3): some rights allow none.

    A person who cannot be identified is refused on one ground, which nobody chooses.
    """
    ground, outcome = decision.refusal, decision.outcome
    if decision.right in AT_ONCE:
        yield Missing("ground", Lack.NEVER_REFUSED)
    elif ground is None:
        if outcome is Outcome.REFUSED:
            yield Missing("ground", Lack.NO_GROUND)
    elif ground not in refusals_of(decision.right, outcome):
        yield Missing("ground", Lack.WRONG_GROUND)
