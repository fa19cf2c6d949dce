"""A draft with gaps, ⟦…⟧, that staff fill in for this person.

The words for the gaps are kept beside the draft, by register, fact and recipient. So
the draft can be made anew as the case changes: no words are lost, and those on one
recipient are never used for another.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from request_app.cases.letters.parts import listed, prompt
from request_app.cases.steps.facts import Words

GAP = "gap-"
NO = "no"


@dataclass(frozen=True)
class Gap:
    """A place to fill in; `whether` asks if a recipient is mentioned at all."""

    about: tuple[str, ...]  # the register, the fact, and the recipient
    asks: str
    where: str  # the heading, and the register where the draft has several
    besides: str = ""  # the recipient it is about
    whether: bool = False

    @property
    def name(self) -> str:
        return GAP + ".".join(self.about)

    @property
    def label(self) -> str:
        return " ".join(filter(None, (f"{self.where}: {self.asks}", self.besides)))


Part = str | Gap


@dataclass(frozen=True)
class Line:
    """Text with gaps; left out of the letter if its condition was answered “no”."""

    parts: tuple[Part, ...]
    condition: Gap | None = None

    @property
    def gaps(self) -> list[Gap]:
        return [each for each in self.parts if isinstance(each, Gap)]

    def is_printed(self, words: Words) -> bool:
        return self.condition is None or words.get(self.condition.name) != NO

    def text(self, words: Words) -> str:
        return "".join(_text_of(each, words) for each in self.parts).rstrip()


@dataclass(frozen=True)
class Block:
    """A heading and its lines; `otherwise` is printed if all of them are left out."""

    heading: str
    lines: tuple[Line, ...] = ()
    otherwise: Line | None = None
    listed: bool = True

    def printed(self, words: Words) -> list[Line]:
        printed = [each for each in self.lines if each.is_printed(words)]
        return printed or ([self.otherwise] if self.otherwise else [])

    def on_form(self, words: Words) -> list[Line]:
        """The printed lines, and those whose condition staff can still answer."""
        printed = self.printed(words)
        asked = [each for each in self.lines if each.condition in each.gaps]
        lines = (*self.lines, *([self.otherwise] if self.otherwise else []))
        return [each for each in lines if each in printed or each in asked]

    def text(self, words: Words) -> str:
        lines = [each.text(words) for each in self.printed(words)]
        below = [listed(lines)] if self.listed and lines else lines
        return "\n".join([self.heading, *below] if self.heading else below)


@dataclass(frozen=True)
class Draft:
    blocks: tuple[Block, ...] = field(repr=False)


def as_written(text: str) -> Draft:
    """A draft of a text that staff wrote as a whole; its brackets are no gaps."""
    return Draft((Block("", (Line((text,)),), listed=False),))


def filled(draft: Draft, words: Words) -> str:
    """The text of a draft; recipients that got nothing are left out."""
    return "\n\n".join(block.text(words) for block in draft.blocks)


def unfilled(draft: Draft, words: Words) -> Iterator[Gap]:
    """The gaps still to fill in."""
    for block in draft.blocks:
        for line in block.printed(words):
            yield from (each for each in line.gaps if not words.get(each.name))


def gaps_of(draft: Draft, words: Words) -> Iterator[Gap]:
    """All gaps that can be filled in now."""
    for block in draft.blocks:
        for line in block.on_form(words):
            yield from line.gaps


def merge_gap_words(draft: Draft, before: Words, after: Words, edited: str) -> str:
    """An edited text, with the words that gaps got while it was being edited.

    They go into unchanged lines; in others the bracket stays and blocks the letter.
    """
    text, at = f"\n{edited}\n", 0
    for line in (each for block in draft.blocks for each in block.printed(before)):
        old, new = line.text(before), line.text(after)
        found = re.compile(rf"\n(- )?{re.escape(old)}(?=\n)").search(text, at)
        if found and line.is_printed(after):
            text = text[: found.end() - len(old)] + new + text[found.end() :]
            at = found.end() - len(old) + len(new)
        elif found:
            at = found.end()
    return text[1:-1]


def interpolated(text: str, **parts: Part) -> Iterator[Part]:
    """The parts of a sentence such as “Safeguard: %(safeguard)s”, which may be gaps."""
    for number, piece in enumerate(re.split(r"%\((\w+)\)s", text)):
        if piece:
            yield parts[piece] if number % 2 else piece


def gap_words(words: Mapping[str, str]) -> dict[str, str]:
    """The words for gaps, out of all that was written for the answer."""
    return {name: each for name, each in words.items() if name.startswith(GAP)}


def line_of(*parts: Part, condition: Gap | None = None) -> Line:
    return Line(tuple(parts), condition)


def lines_of(parts: Iterable[Part]) -> tuple[Line, ...]:
    """A line for each part, such as for each purpose of a register."""
    return tuple(line_of(each) for each in parts)


def _text_of(part: Part, words: Words) -> str:
    if isinstance(part, str):
        return part
    word = words.get(part.name)
    if not word:
        return prompt(part.asks)
    return "" if part.whether else word
