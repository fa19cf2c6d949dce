"""What was done in a case, out of its history: what the answer is computed from."""

from collections.abc import Iterator, Mapping

from request_app.cases.answer import Handled, Said
from request_app.cases.desk import Done, Opened
from request_app.cases.steps import Decided, RecipientSettled, Searched, Words
from request_app.store.values import Right


def handled(opened: Opened, words: Words | None = None) -> Handled:
    """Gather the steps of a case; `words` are those written for the answer itself."""
    history, restriction = opened.history, opened.progress.restriction
    return Handled(
        decisions=list(_decisions(opened)),
        searches=[each.step for each in history if isinstance(each.step, Searched)],
        recipients=[
            (each.step, each.words)
            for each in history
            if isinstance(each.step, RecipientSettled)
        ],
        restricted_on=restriction.since if restriction else None,
        words=words or {},
    )


def decided(opened: Opened, right: Right) -> Mapping[str, Said]:
    """What stands of one right, by the groups of data."""
    return {
        step.group: (step, words)
        for step, words in handled(opened).standing
        if step.right is right
    }


def found_in_words(opened: Opened) -> Words:
    """What was found in each place, in the words of the desk; the last word on it."""
    return {
        done.step.place: done.words.get("what", "")
        for done in opened.history
        if isinstance(done.step, Searched)
    }


def _decisions(opened: Opened) -> Iterator[Said]:
    """Those that stand: of what was taken back, the letter says nothing."""
    stands = opened.progress.decisions
    for done in opened.history:
        step = done.step
        if isinstance(step, Decided) and stands.get((step.right, step.group)) == step:
            yield step, _all_words(done)


def _all_words(done: Done) -> Words:
    return {**done.words, **done.values}
