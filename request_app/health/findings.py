"""Findings of an examination, and their levels."""

from enum import IntEnum
from typing import NamedTuple


class Level(IntEnum):
    """How bad a finding is; the worst is the exit code of `doctor`."""

    GOOD = 0
    WARNING = 1  # it works, but a person must look at it
    FAULT = 2  # something does not work, or is not safe


class Finding(NamedTuple):
    level: Level
    about: str
    says: str


def good(about: str, says: str) -> Finding:
    return Finding(Level.GOOD, about, says)


def warning(about: str, says: str) -> Finding:
    return Finding(Level.WARNING, about, says)


def fault(about: str, says: str) -> Finding:
    return Finding(Level.FAULT, about, says)
