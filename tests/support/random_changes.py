"""Random changes of good files: of bytes, lines and values."""

import os
from contextlib import contextmanager
from functools import cache

from hypothesis import strategies as st

from tests.conftest import CHECKOUT

EXAMPLES = int(os.environ.get("SELOSTE_EXAMPLES", "150"))

FILES = sorted(
    str(file.relative_to(CHECKOUT))
    for file in (CHECKOUT / "site.yaml", *(CHECKOUT / "content").rglob("*.yaml"))
)

# What does harm in YAML, in texts, or in the types of the model.
NASTY = st.sampled_from(
    [
        *(mark for mark in "{}[],:#&*!|>'\"%@`~-?=<>\\"),
        *("\t", "\r", "\n", "\0", "\x85", "\u2028", "\ufeff", "\U0001f600", "é", "  "),
        *("- ", ": ", "--- ", "...", "<<: ", "=======", "<<<<<<< ", "%YAML 9", "!!map"),
        *("null", "true", "yes", "0x1F", "1e999", "2018-02-30", "12:30:45", ".inf"),
        *("[]", "{}", "[[[[", "{a: {b: ", '"', "'''", "<script>", "](javascript:x)"),
        *("name", "id: x\n", "fi: ", "not_applicable: ", "~word", "__class__", "%(x)s"),
        *(" " * 500, "[" * 200, "a: " * 200, "- " * 200, "9" * 500, "a-" * 300),
    ]
)


@cache
def good(path: str) -> bytes:
    return (CHECKOUT / path).read_bytes()


@st.composite
def some_bytes(draw, content):
    """Put other bytes in place of a few."""
    start = draw(st.integers(0, len(content)))
    length = draw(st.integers(0, 20))
    new = draw(st.binary(max_size=8) | NASTY.map(str.encode))
    return content[:start] + new + content[start + length :]


@st.composite
def some_lines(draw, content):
    """Leave out, repeat, move or indent lines."""
    lines = content.split(b"\n")
    start = draw(st.integers(0, len(lines) - 1))
    length = draw(st.integers(1, 6))
    block = lines[start : start + length]
    shift = draw(st.sampled_from([b"", b" ", b"  ", b"    ", b"- ", b"\t", b"# "]))
    block = [shift + line for line in block] * draw(st.integers(0, 2))
    to = draw(st.integers(0, len(lines)))
    rest = lines[:start] + lines[start + length :]
    return b"\n".join(rest[:to] + block + rest[to:])


@st.composite
def some_value(draw, content):
    """Put another value behind a colon or a hyphen."""
    lines = content.split(b"\n")
    number = draw(st.integers(0, len(lines) - 1))
    separator = draw(st.sampled_from([b": ", b"- ", b", "]))
    before, found, _ = lines[number].partition(separator)
    new = draw(NASTY | st.text(max_size=20)).encode("utf-8", "surrogatepass")
    lines[number] = before + (found or separator) + new
    return b"\n".join(lines)


@st.composite
def changed_file(draw):
    path = draw(st.sampled_from(FILES))
    content = good(path)
    for _ in range(draw(st.integers(1, 3))):
        change = draw(st.sampled_from([some_bytes, some_lines, some_value]))
        content = draw(change(content))
    return path, content


@contextmanager
def changed(root, path, content):
    (root / path).write_bytes(content)
    try:
        yield
    finally:
        (root / path).write_bytes(good(path))
