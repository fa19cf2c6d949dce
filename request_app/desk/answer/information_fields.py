"""The access information on the answer page: a draft with gaps, or an edited text.

As long as nobody edits the text, it stays a draft and follows the case: a field that
is sent back unchanged counts as not edited, however the case has changed since. An
edited text stays as it is; if the draft has changed since, the page says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from flask import request

from generator.languages import N_
from request_app.cases.letters import answer_checks, placeholders
from request_app.cases.steps.facts import Words
from request_app.web import clean

LONGEST_IN_GAP = 1_000
DRAWN = "drawn"  # the digest of the draft that an edited text was made from
NOTHING = placeholders.Draft(())

CHANGED = N_(
    "The draft of how the data are used has changed since you edited the text. Compare "
    "the two."
)
TOO_LONG = N_("Shorten this text. There is room for 1,000 characters.")


class Came(NamedTuple):
    """The text and its digests as the browser sent them."""

    text: str
    taken: str  # the digest of the text that the field was filled with
    drawn: str
    compared: str  # the digest of the draft with which staff have compared the text


class DraftBlock(NamedTuple):
    """A block of the draft, with its gaps as filled in on the page."""

    heading: str
    lines: list[placeholders.Line]
    listed: bool


@dataclass(frozen=True, kw_only=True)
class Information:
    draft: placeholders.Draft
    gaps: Words = field(repr=False)
    edited: str = field(default="", repr=False)
    of: str = ""  # by its digest, the draft that was edited
    was: str = ""  # by its digest, what the field held, where it was touched just now

    @property
    def text(self) -> str:
        return self.edited or placeholders.filled(self.draft, self.gaps)

    @property
    def taken(self) -> str:
        return self.was or digest(self.text)

    @property
    def drawn(self) -> str:
        return self.of if self.edited else self.newest

    @property
    def newest(self) -> str:
        return digest(self.as_drawn)

    @property
    def as_drawn(self) -> str:
        """The draft as it would be made now, with no gap filled in."""
        return placeholders.filled(self.draft, {})

    @property
    def is_outdated(self) -> bool:
        return bool(self.edited) and self.draft != NOTHING and self.of != self.newest

    @property
    def words(self) -> dict[str, str]:
        """The words for the letter; none for a draft that nobody edited."""
        return {answer_checks.INFORMATION: self.edited, **self.gaps}

    @property
    def kept(self) -> dict[str, str]:
        return {**self.words, DRAWN: self.of if self.edited else ""}

    @property
    def shown(self) -> Iterator[DraftBlock]:
        for block in self.draft.blocks:
            yield DraftBlock(block.heading, block.on_form(self.gaps), block.listed)

    @property
    def too_long(self) -> list[placeholders.Gap]:
        return [
            each
            for each in placeholders.gaps_of(self.draft, self.gaps)
            if len(self.gaps.get(each.name, "")) > LONGEST_IN_GAP
        ]


def information(
    draft: placeholders.Draft | None, kept: Words, came: Came | None
) -> Information:
    """Combine the stored text with what was typed since."""
    draft, before = draft or NOTHING, placeholders.gap_words(kept)
    gaps = before | _typed(request.form) if came else before
    text, of = kept.get(answer_checks.INFORMATION, ""), kept.get(DRAWN, "")
    if came is None or digest(came.text) == came.taken:
        of = came.compared if came and came.compared else of
        return Information(draft=draft, gaps=gaps, edited=text, of=of)
    edited = (
        came.text
        if text
        else placeholders.merge_gap_words(draft, before, gaps, came.text)
    )
    if not edited or edited == placeholders.filled(draft, gaps):
        return Information(draft=draft, gaps=gaps)
    of = came.compared or came.drawn
    return Information(draft=draft, gaps=gaps, edited=edited, of=of, was=came.taken)


def digest(text: str) -> str:
    return sha256(clean.text(text).encode()).hexdigest()


def _typed(form: Mapping[str, str]) -> dict[str, str]:
    return {
        name: clean.line(text) for name, text in placeholders.gap_words(form).items()
    }
