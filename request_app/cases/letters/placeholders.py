"""A draft and its gaps, ⟦…⟧: what staff say of this person, each in its own place.

What is said is kept beside the draft, by what each gap is about: register, fact and
recipient. So what the case learns meanwhile comes into the draft, nothing is lost, and
nothing said of one recipient ever stands at another.
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
    """What is to be said in one place; of a recipient first whether it is told of."""

    about: tuple[str, ...]  # the register, the fact, and the recipient
    asks: str
    where: str  # the heading, and the register where the draft has several
    besides: str = ""  # of which recipient
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
    """Words with gaps; told unless the gap that says whether says no."""

    parts: tuple[Part, ...]
    told_if: Gap | None = None

    @property
    def gaps(self) -> list[Gap]:
        return [each for each in self.parts if isinstance(each, Gap)]

    def is_told(self, said: Words) -> bool:
        return self.told_if is None or said.get(self.told_if.name) != NO

    def text(self, said: Words) -> str:
        return "".join(_said(each, said) for each in self.parts).rstrip()


@dataclass(frozen=True)
class Block:
    """A heading and what stands below it; `otherwise`, where none of that is told."""

    heading: str
    lines: tuple[Line, ...] = ()
    otherwise: Line | None = None
    listed: bool = True

    def told(self, said: Words) -> list[Line]:
        told = [each for each in self.lines if each.is_told(said)]
        return told or ([self.otherwise] if self.otherwise else [])

    def shown(self, said: Words) -> list[Line]:
        """What is told, and each question whether it is."""
        told = self.told(said)
        asked = [each for each in self.lines if each.told_if in each.gaps]
        lines = (*self.lines, *([self.otherwise] if self.otherwise else []))
        return [each for each in lines if each in told or each in asked]

    def text(self, said: Words) -> str:
        lines = [each.text(said) for each in self.told(said)]
        below = [listed(lines)] if self.listed and lines else lines
        return "\n".join([self.heading, *below] if self.heading else below)


@dataclass(frozen=True)
class Draft:
    blocks: tuple[Block, ...] = field(repr=False)


def as_written(text: str) -> Draft:
    """A text that staff wrote whole: what it says is in it, brackets and all."""
    return Draft((Block("", (Line((text,)),), listed=False),))


def filled(draft: Draft, said: Words) -> str:
    """The draft with what was said; a recipient that got nothing is not told of."""
    return "\n\n".join(block.text(said) for block in draft.blocks)


def unfilled(draft: Draft, said: Words) -> Iterator[Gap]:
    """What is still to be said."""
    for block in draft.blocks:
        for line in block.told(said):
            yield from (each for each in line.gaps if not said.get(each.name))


def gaps_of(draft: Draft, said: Words) -> Iterator[Gap]:
    """All that can be said now."""
    for block in draft.blocks:
        for line in block.shown(said):
            yield from line.gaps


def carried(draft: Draft, before: Words, after: Words, edited: str) -> str:
    """An edited text, with what was said in gaps after the text was taken for editing.

    It goes into the lines that were left as they were; in others the bracket stays, and
    keeps the letter from being sent.
    """
    text, at = f"\n{edited}\n", 0
    for line in (each for block in draft.blocks for each in block.told(before)):
        old, new = line.text(before), line.text(after)
        found = re.compile(rf"\n(- )?{re.escape(old)}(?=\n)").search(text, at)
        if found and line.is_told(after):
            text = text[: found.end() - len(old)] + new + text[found.end() :]
            at = found.end() - len(old) + len(new)
        elif found:
            at = found.end()
    return text[1:-1]


def woven(text: str, **parts: Part) -> Iterator[Part]:
    """The parts of a sentence such as “Safeguard: %(safeguard)s”, one of them a gap."""
    for number, piece in enumerate(re.split(r"%\((\w+)\)s", text)):
        if piece:
            yield parts[piece] if number % 2 else piece


def said_in(words: Mapping[str, str]) -> dict[str, str]:
    """What was said in gaps, out of all that is written for the answer."""
    return {name: each for name, each in words.items() if name.startswith(GAP)}


def line_of(*parts: Part, told_if: Gap | None = None) -> Line:
    return Line(tuple(parts), told_if)


def lines_of(parts: Iterable[Part]) -> tuple[Line, ...]:
    """A line for each: such as the purposes of a register."""
    return tuple(line_of(each) for each in parts)


def _said(part: Part, said: Words) -> str:
    if isinstance(part, str):
        return part
    word = said.get(part.name)
    if not word:
        return prompt(part.asks)
    return "" if part.whether else word
