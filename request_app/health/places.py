"""Files and folders as this user sees them; what is out of reach is no error here."""

from os import stat_result
from pathlib import Path


def seen(path: Path) -> stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def missing(path: Path) -> bool:
    """Whether there is surely nothing."""
    try:
        path.stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False
