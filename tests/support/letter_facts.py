"""Answers as the tests of letters write and read them."""

from dataclasses import replace
from datetime import date

from generator.content.reader import Content
from request_app.cases.decision.outcome import Handled
from request_app.cases.letters.answer_checks import answer_faults, warnings
from request_app.cases.lifecycle.case_facts import Facts
from request_app.cases.notice.plan import OTHER_PLACES
from request_app.cases.rights import Outcome
from request_app.cases.steps.decision import Decided
from request_app.cases.steps.notification import RecipientSettled
from request_app.cases.steps.restriction import RestrictionSet
from request_app.cases.steps.search import Searched
from request_app.store.values import Right
from tests.support.case_steps import after, started
from tests.support.example_case import CASE, TODAY, kept_of

BOTH = frozenset({"members", "newsletter-and-events"})
ON = date(2026, 12, 10)


def facts(content: Content, language: str, *rights: Right, **changes) -> Facts:
    asked = frozenset(rights or {Right.ACCESS})
    case = replace(changes.pop("case", CASE), language=language)
    return Facts(
        **{
            "case": case,
            "rights": asked,
            "kept": kept_of(content),
            "now": content,
            "today": TODAY,
            "name": "Testi Testinen",
        }
        | changes
    )


def decided(right, group, outcome=Outcome.GRANTED, ground=None, on=ON, **words):
    return (
        Decided(right=right, group=group, outcome=outcome, on=on, ground=ground),
        words,
    )


def refused(right, ground, *, group="members", **words):
    given = {"facts": "Because.", "kept_until": "1.1.2030", "provision": "Laki 1 §"}
    return decided(right, group, Outcome.REFUSED, ground, **given | words)


def got(recipient, *, on=ON, **words):
    return RecipientSettled(recipient=recipient, got=True, told_on=on), words


def not_got(*recipients):
    return [(RecipientSettled(recipient=each, got=False), {}) for each in recipients]


def everywhere(*left_out, found):
    """Every place of the example is searched, but for some."""
    where = sorted({*BOTH, *OTHER_PLACES} - set(left_out))
    return [Searched(place=place, found=found) for place in where]


def section(letter, key):
    return letter.section(key).text


def codes(facts, handled):
    return {each.code for each in answer_faults(facts, handled)}


def places(facts, handled, code):
    """Where the answer has this fault."""
    return [each.place for each in answer_faults(facts, handled) if each.code == code]


def warned(facts, handled):
    return [each.code for each in warnings(facts, handled)]


def handled_as(
    *,
    decisions=(),
    searches=(),
    recipients=(),
    restricted_on=None,
    **more,
):
    """What the steps of a case leave, and what was written at them."""
    restricted = [RestrictionSet(on=restricted_on)] if restricted_on else []
    taken = [step for step, _ in decisions] + list(searches) + restricted
    progress = after(started(), *taken, *(step for step, _ in recipients))
    return Handled(
        progress=progress,
        decision_words={step.key: words for step, words in decisions},
        recipient_words={step.recipient: words for step, words in recipients},
        **more,
    )
