"""The gaps of a draft, ⟦…⟧: what staff say of this person, each in its own place.

The draft itself stays as it is and what fills it is kept beside it, by the place of
the gap. So what the case learns meanwhile comes into the draft, and nothing is lost.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from generator.languages import N_, catalogue
from request_app.cases.letters import PROMPT, listed
from request_app.cases.steps import Words

GAP = "gap-"
YES, NO = "yes", "no"
WHETHER = N_("whether data of this person were given to it")
NOBODY = N_("Your data have not been given to anyone.")


@dataclass(frozen=True)
class Gap:
    """What is to be said in one place; of a recipient first whether it is told of."""

    name: str  # the same as long as its place in the draft is
    asks: str
    where: str  # the heading, and the register where the draft has several
    besides: str = ""  # what else stands on the line, such as a kind of recipient
    whether: bool = False

    @property
    def label(self) -> str:
        return " ".join(filter(None, (f"{self.where}: {self.asks}", self.besides)))


Line = list[str | Gap]


def parted(text: str, language: str) -> list[Line]:
    """The lines of a draft, each parted at its gaps."""
    whether, seen = catalogue(language).gettext(WHETHER), set[str]()
    lines = []
    places = list(_places(text))
    many = len({place.register for place in places if place.register}) > 1
    for place in places:
        parts: Line = []
        pieces = PROMPT.split(place.line)
        besides = " ".join(each.strip(" -") for each in pieces[::2]).strip()
        for index, part in enumerate(pieces):
            if index % 2:
                name = _name(place, index, seen)
                where = place.told if many else place.heading
                parts.append(Gap(name, part, where, besides, whether=part == whether))
            elif part:
                parts.append(part)
        lines.append(parts)
    return lines


def filled(text: str, said: Words, language: str) -> str:
    """The draft with what was said; a recipient that got nothing is not told of."""
    lines = parted(text, language)
    kept = [
        "".join(_said(each, said)).rstrip() for each in lines if not _out(each, said)
    ]
    if len(kept) == len(lines):
        return "\n".join(kept)
    before = text.split("\n\n")
    nobody = listed([catalogue(language).gettext(NOBODY)])
    return "\n\n".join(
        # a heading that lost all that stood below it
        block if "\n" in block or block in before else f"{block}\n{nobody}"
        for block in "\n".join(kept).split("\n\n")
    )


def unfilled(text: str, said: Words, language: str) -> Iterator[Gap]:
    """What is still to be said."""
    for parts in parted(text, language):
        if not _out(parts, said):
            yield from (each for each in gaps_in([parts]) if not said.get(each.name))


def gaps_in(lines: Iterable[Line]) -> Iterator[Gap]:
    for parts in lines:
        yield from (each for each in parts if isinstance(each, Gap))


def said_in(words: Mapping[str, str]) -> dict[str, str]:
    """What was said in gaps, out of all that is written for the answer."""
    return {name: each for name, each in words.items() if name.startswith(GAP)}


class _Place(NamedTuple):
    """A line of the draft, with the register, a block of its own, and the heading."""

    register: str
    heading: str
    line: str

    @property
    def told(self) -> str:
        return ", ".join(filter(None, (self.register, self.heading)))


def _places(text: str) -> Iterator[_Place]:
    register = heading = ""
    for number, block in enumerate(text.split("\n\n")):
        if number:
            yield _Place("", "", "")
        first, *lines = block.split("\n")
        if lines:
            heading = first
        else:
            register, heading = first.rpartition(": ")[2], first
        for line in (first, *lines):
            yield _Place("" if register == first else register, heading, line)


def _name(place: _Place, index: int, seen: set[str]) -> str:
    """By the place; where two lines are alike, by their number too."""
    number = 0
    while True:
        told = f"{place.told}\n{place.line}\n{index}\n{number}"
        name = GAP + sha256(told.encode()).hexdigest()[:12]
        if name not in seen:
            seen.add(name)
            return name
        number += 1


def _said(line: Line, said: Words) -> Iterator[str]:
    for part in line:
        if isinstance(part, str):
            yield part
        elif not said.get(part.name):
            yield f"⟦{part.asks}⟧"
        elif not part.whether:
            yield said[part.name]


def _out(line: Line, said: Words) -> bool:
    return any(each.whether and said.get(each.name) == NO for each in gaps_in([line]))
