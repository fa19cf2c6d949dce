"""The gaps of a draft, ⟦…⟧: what staff say of this person, each in its own place.

The draft itself stays as it is and what fills it is kept beside it, by the place of
the gap. So what the case learns meanwhile comes into the draft, and nothing is lost.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

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
    where: str  # register and heading
    whether: bool = False


Line = list[str | Gap]


def parted(text: str, language: str) -> list[Line]:
    """The lines of a draft, each parted at its gaps."""
    whether, seen = catalogue(language).gettext(WHETHER), set[str]()
    lines = []
    for where, line in _places(text):
        parts: Line = []
        for index, part in enumerate(PROMPT.split(line)):
            if index % 2:
                name = _name(where, line, index, seen)
                parts.append(Gap(name, part, where, whether=part == whether))
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


def _places(text: str) -> Iterator[tuple[str, str]]:
    """Each line with its register, a block of its own, and its heading."""
    register = heading = ""
    for number, block in enumerate(text.split("\n\n")):
        if number:
            yield "", ""
        first, *lines = block.split("\n")
        if lines:
            heading = first
        else:
            register, heading = first.rpartition(": ")[2], first
        for line in (first, *lines):
            alone = not register or register == first
            yield (heading if alone else f"{register}, {heading}"), line


def _name(where: str, line: str, index: int, seen: set[str]) -> str:
    """By the place; where two lines are alike, by their number too."""
    number = 0
    while True:
        told = f"{where}\n{line}\n{index}\n{number}"
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
