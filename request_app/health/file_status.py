"""The status of files and folders; what this user cannot reach is no error."""

from os import stat_result
from pathlib import Path


def status_of(path: Path) -> stat_result | None:
    """The status of a file, or none if this user cannot see it."""
    try:
        return path.stat()
    except OSError:
        return None


def is_missing(path: Path) -> bool:
    """Whether a file certainly does not exist."""
    try:
        path.stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False
