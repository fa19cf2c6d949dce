"""Writes the second half of docs/content.md, from the schemas: make docs."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.schema import FILE_KINDS, FileKind, Schema, schema

PAGE = Path(__file__).with_name("content.md")
SAMPLE = Path(__file__).parent.parent / "tests" / "content"
BELOW = "<!-- Below this line, the page is made from the content model: make docs -->\n"

SAMPLES = {"register": "content/registers/newsletter-and-events.yaml"}
LONGEST_SAMPLE = 36  # lines

ANSWERS = """\
answers:
  - rule: recipient-unnamed
    entry: booking-tool
    reason: We are choosing a new tool in spring.
    until: 2027-05-31
"""


def page() -> str:
    """Keep what people wrote, and write the reference below it anew."""
    written, _, _ = PAGE.read_text().partition(BELOW)
    return written + BELOW + "\n" + "\n".join(reference())


def reference() -> Iterator[str]:
    told: set[str] = set()
    for name, kind in FILE_KINDS.items():
        yield from section(name, kind, told)


def section(name: str, kind: FileKind, told: set[str]) -> Iterator[str]:
    """Tell of one kind of file, and of the groups that no file before it had."""
    exported = schema(kind)
    yield f"### {kind.path}\n"
    yield f"{english(exported)}.\n"
    yield f"```yaml\n{sample(name, kind)}```\n"
    yield from table(exported)
    for group in used(exported):
        if group not in told:
            told.add(group)
            yield f"#### {title(group)}\n"
            yield from table(exported["$defs"][group])


def sample(name: str, kind: FileKind) -> str:
    """Show the beginning of a file of the fictional rowing club."""
    if name == "answers":
        return ANSWERS
    text = (SAMPLE / SAMPLES.get(name, kind.path)).read_text()
    if text.count("\n") <= LONGEST_SAMPLE:
        return text
    lines = text.splitlines()[:LONGEST_SAMPLE]
    end = max(number for number, line in enumerate(lines) if is_a_break(line))
    return "\n".join((*lines[:end], "# … and so on", ""))


def is_a_break(line: str) -> bool:
    """A sample ends before a new key or a new item of the file, or at a blank line."""
    return not line or line.startswith("  - ") or line[0].isalpha()


def used(exported: Schema) -> list[str]:
    """Name the groups in the order in which a reader meets them."""
    met: list[str] = []
    waiting = [exported["properties"]]
    while waiting:
        for group in re.findall(r"'#/\$defs/(\w+)'", str(waiting.pop(0))):
            if group not in (*met, "Text"):
                met.append(group)
                waiting.append(exported["$defs"][group]["properties"])
    return met


def table(group: Schema) -> Iterator[str]:
    """Tell each key of a group: what it is, how it is written, whether it must be."""
    languages = {"fi", "sv", "en"} if "anyOf" in group else set()
    required = {*group.get("required", ())} | ({"name"} if languages else set())
    yield "| key | what | how it is written | |"
    yield "|---|---|---|---|"
    for key, value in group["properties"].items():
        if key in languages:
            continue
        needed = "needed" if key in required else ""
        yield f"| `{key}` | {english(value)} | {form(value)} | {needed} |"
    yield ""
    if languages:
        yield "Instead of `name`, the languages may stand beside the other keys:"
        yield "`{id: name, fi: Nimi, en: Name}`.\n"


def form(value: Schema) -> str:
    """Show how a value is written."""
    match value:
        case {"$ref": reference}:
            return of_group(reference.rpartition("/")[2])
        case {"enum": choices, "enumDescriptions": meanings}:
            told = zip(choices, meanings, strict=True)
            return "<br>".join(f"`{each}`: {last(text)}" for each, text in told)
        case {"type": "array", "items": items}:
            return f"list: {form(items)}"
        case {"anyOf": ways}:
            return " *or* ".join(form(way) for way in ways)
        case _:
            return of_scalar(value)


def of_group(name: str) -> str:
    if name == "Text":
        return "`{fi: …, en: …}`"
    return f"[{title(name).lower()}](#{title(name).lower().replace(' ', '-')})"


def of_scalar(value: Schema) -> str:
    kinds: dict[Any, str] = {"integer": "number", "boolean": "`true` or `false`"}
    if examples := value.get("examples"):
        return " ".join(f"`{each}`" for each in examples)
    return kinds.get(value["type"][0], "id" if "pattern" not in value else "text")


def title(group: str) -> str:
    """`DataCategory` → Data category."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", group).capitalize()


def english(value: Schema) -> str:
    return last(value.get("description", ""))


def last(text: str) -> str:
    """Take the English half of a description."""
    return text.rpartition("\n\n")[2]


if __name__ == "__main__":
    PAGE.write_text(page())
