"""The faults that block an answer, and warnings about what is unusual in it.

blocking = list(answer_faults(facts, handled, letter))   # empty: it may be sent
"""

from collections.abc import Iterable, Iterator, Mapping

from generator.languages import N_
from request_app.cases.decision import open_items, recipients
from request_app.cases.decision.outcome import Handled
from request_app.cases.letters import answer_sentences as sentences, placeholders
from request_app.cases.letters.access_draft import information_draft
from request_app.cases.letters.answer import answer
from request_app.cases.letters.data_names import called, given
from request_app.cases.letters.parts import MESSAGES, Fault, Letter, faults, prompts
from request_app.cases.lifecycle.case_facts import Facts
from request_app.cases.notice import data_groups, names, plan, wording
from request_app.cases.rights import BY_REGISTER, NOT_DONE, Outcome
from request_app.cases.steps import decision_requirements
from request_app.cases.steps.facts import Decision, Words
from request_app.store.values import Right

INFORMATION = "access_information"
OWN_RECIPIENT = "own-1"  # a recipient that the notice does not list
COMPUTED = frozenset(
    {"done", "not_done", "no_data", "not_identified", "not_ours", "told"}
)

ANSWER_MESSAGES: Mapping[str, str] = {
    **MESSAGES,
    "undecided": N_("Nothing is decided yet on: %(about)s"),
    "not-asked": N_("The person did not ask for this: %(about)s"),
    **{lack.value: text for lack, text in decision_requirements.ABOUT.items()},
    "no-places": N_("Nothing is searched yet, so nothing can be said not to be there."),
    "still-searching": N_("This place is not searched yet: %(about)s"),
    "found": N_("Data were found here, and the answer says there are none: %(about)s"),
    "not-found": N_(
        "The search found nothing here, and the answer says there are data: %(about)s"
    ),
    "recipient-unknown": N_(
        "The notice does not tell who has got data of this register. Add who has, or "
        "say that nobody has: %(about)s"
    ),
    "recipient-open": N_("Did this recipient get the data? %(about)s"),
    "recipient-untold": N_("Tell this recipient of the change: %(about)s"),
    "recipient-nameless": N_("Write the name of this recipient: %(about)s"),
    "recipient-why": N_("Write why this recipient was not told: %(about)s"),
    "nothing-attached": N_(
        "The answer gives data, and nothing is attached to it. Attach the files, or "
        "write the data in your own words."
    ),
    "erased-first": N_(
        "Data were erased on an earlier day than a copy of them was taken for the "
        "answer."
    ),
    "unsearched": N_("Not searched yet: %(about)s"),
    "refusal-late": N_("A refusal is due within the first month, by: %(about)s"),
}


def answer_faults(
    facts: Facts, handled: Handled, letter: Letter | None = None
) -> Iterator[Fault]:
    """Yield all that blocks the answer; `letter` is the edited one.

    A prompt in a computed section is left out while empty fields explain it; without
    those, it comes from what somebody wrote.
    """
    empty = list(_missing_faults(facts, handled))
    yield from empty
    yield from _information_faults(facts, handled)
    for fault in faults(letter or answer(facts, handled)):
        explained = empty and fault.place in COMPUTED
        if not explained and (fault.code, fault.place) != ("prompt", INFORMATION):
            yield fault


def _information_faults(facts: Facts, handled: Handled) -> Iterator[Fault]:
    """Each gap of the draft once, with its place, and each prompt in its text."""
    draft, words = information_draft(facts, handled), handled.words
    if draft is None:
        return
    left = prompts(placeholders.filled(draft, words))
    for gap in placeholders.unfilled(draft, words):
        left.remove(gap.asks)
        yield Fault("prompt", gap.label, f"{INFORMATION}/{gap.name}")
    for each in dict.fromkeys(left):
        yield Fault("prompt", f"⟦{each}⟧", INFORMATION)


def _missing_faults(facts: Facts, handled: Handled) -> Iterator[Fault]:
    for each in open_items.undecided(facts, handled):
        yield _undecided(each, facts)
    for step, words in handled.decisions:
        yield from decision_faults(step, words, called(step, words, handled, facts))
    yield from _no_data_faults(facts, handled)
    yield from _not_found_faults(facts, handled)
    if handled.has_changes:
        yield from _recipient_faults(facts, handled)


def _undecided(each: open_items.Open, facts: Facts) -> Fault:
    if not each.group:
        about = facts.gettext(sentences.ASKED[each.right])
        return Fault("undecided", about, each.right.value)
    about = names.name_in_letter(each.group, facts.kept, facts.language)
    return Fault("undecided", about, f"{each.right.value}/{each.group}")


def warnings(facts: Facts, handled: Handled) -> Iterator[Fault]:
    """What is late or unusual in an answer that may still be sent.

    Art. 12(4) has no extension: a refusal after the first month is late. Where access
    and erasure are requested, access comes first (EDPB 01/2022, example 6).
    """
    first_month = facts.original_due or facts.case.due
    if handled.with_outcome(*NOT_DONE) and facts.today > first_month:
        yield Fault("refusal-late", facts.day(first_month))
    own_words = handled.words.get("own_words", "").strip()
    if given(handled, facts) and not handled.attached and not own_words:
        yield Fault("nothing-attached")
    if unsearched := list(_unsearched(facts, handled)):
        yield Fault("unsearched", ", ".join(unsearched))
    if _erased_first(handled):
        yield Fault("erased-first")
    for right in sorted({each.right for each, _ in handled.decisions} - facts.rights):
        yield Fault("not-asked", facts.gettext(sentences.ASKED[right]), right.value)


def _unsearched(facts: Facts, handled: Handled) -> Iterator[str]:
    """The unsearched places, if a right was granted that goes by register."""
    done = {each.right for each, _ in handled.with_outcome(Outcome.GRANTED)}
    for place in _to_search(facts) if done & BY_REGISTER else ():
        if handled.search_results.get(place) is None:
            yield plan.place_name(place, facts.kept, facts.language)


def _erased_first(handled: Handled) -> bool:
    granted = [each for each, _ in handled.with_outcome(Outcome.GRANTED)]
    return any(
        erased.right is Right.ERASURE
        and given.right is Right.ACCESS
        and erased.on < given.on
        for erased in granted
        for given in granted
    )


def decision_faults(each: Decision, words: Words, about: str) -> Iterator[Fault]:
    """What a decision still lacks for the letter."""
    place = f"{each.right.value}/{each.group}"
    for name, lack in decision_requirements.missing(each, words):
        yield Fault(lack.value, about, f"{place}/{name}")


def _no_data_faults(facts: Facts, handled: Handled) -> Iterator[Fault]:
    """“No data” holds only for places that were searched without result."""
    if not handled.with_outcome(Outcome.NO_DATA):
        return
    if not handled.search_results:
        yield Fault("no-places")
        return
    for place in _places_without_data(facts, handled):
        found = handled.search_results.get(place)
        about = plan.place_name(place, facts.kept, facts.language)
        if found is None:
            yield Fault("still-searching", about, place)
        elif found:
            yield Fault("found", about, place)


def _places_without_data(facts: Facts, handled: Handled) -> Iterable[str]:
    """The places in which the answer says there are no data."""
    groups = {each.whole: None for each, _ in handled.with_outcome(Outcome.NO_DATA)}
    if data_groups.ALL in groups or handled.no_data_found:
        return dict.fromkeys([*_to_search(facts), *handled.search_results])
    return [group for group in groups if not data_groups.is_item(group)]


def _not_found_faults(facts: Facts, handled: Handled) -> Iterator[Fault]:
    """Data that are given or changed must have been found, in the latest search too."""
    for each, words in handled.with_outcome(Outcome.GRANTED):
        whole = each.whole
        places = _to_search(facts) if whole == data_groups.ALL else [whole]
        nowhere = all(handled.search_results.get(place) is False for place in places)
        if each.right in BY_REGISTER and nowhere:
            about = called(each, words, handled, facts)
            yield Fault("not-found", about, f"{each.right.value}/{each.group}")


def _to_search(facts: Facts) -> tuple[str, ...]:
    return plan.places_to_search(facts.case, facts.registers, facts.kept)


def _recipient_faults(facts: Facts, handled: Handled) -> Iterator[Fault]:
    for register in recipients.silent_registers(facts, handled):
        about = wording.name_of(register, facts.language)
        yield Fault("recipient-unknown", about, OWN_RECIPIENT)
    for recipient in recipients.recipients_to_notify(facts, handled):
        settled = handled.recipients.get(recipient.id)
        if settled is None:
            yield Fault("recipient-open", recipient.label, recipient.id)
            continue
        step, words = settled
        if not step.needs_notice:
            continue
        if not recipients.name_of_recipient(recipient, handled):
            yield Fault("recipient-nameless", recipient.label, recipient.id)
        if not recipients.is_settled(recipient, facts, handled):
            yield Fault("recipient-untold", recipient.label, recipient.id)
        elif step.told_on is None and not words.get("why", "").strip():
            yield Fault("recipient-why", recipient.label, recipient.id)
