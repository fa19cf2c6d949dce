"""The names of the data that were decided on, as a letter gives them."""

from collections.abc import Iterator

from generator.languages import N_
from request_app.cases.decision import recipients
from request_app.cases.decision.outcome import Handled
from request_app.cases.lifecycle.case_facts import Facts
from request_app.cases.notice import plan
from request_app.cases.notice.data_groups import ALL
from request_app.cases.notice.names import name_in_letter
from request_app.cases.notice.wording import name_of
from request_app.cases.rights import GIVES_DATA, Outcome
from request_app.cases.steps.facts import Decision, Words


def called(each: Decision, words: Words, handled: Handled, facts: Facts) -> str:
    """The name of a group of data, with what staff wrote about it."""
    group, data = each.whole, words.get("data", "").strip()
    if data and group == ALL:
        return data
    now, right = handled.corrections.get(group, ("", ""))
    if not data and now and right:
        form = N_("“%(now)s”, which you asked to have as “%(right)s”")
        return facts.gettext(form) % {"now": now, "right": right}
    name = name_in_letter(group, facts.kept, facts.language)
    return f"{name}: {data}" if data else name


def given(handled: Handled, facts: Facts) -> list[str]:
    """The data that come with the answer, place by place."""
    names: list[str] = []
    for each, words in handled.with_outcome(Outcome.GRANTED):
        if each.right in GIVES_DATA:
            names += _all_or_one(each, words, handled, facts)
    return list(dict.fromkeys(names))


def _all_or_one(
    each: Decision, words: Words, handled: Handled, facts: Facts
) -> Iterator[str]:
    if each.group != ALL or words.get("data", "").strip():
        yield called(each, words, handled, facts)
        return
    for register in recipients.registers_with_data(facts, handled):
        yield name_of(register, facts.language)
    for place, found in handled.search_results.items():
        if found and place in plan.OTHER_PLACES:
            yield plan.place_name(place, facts.kept, facts.language)
