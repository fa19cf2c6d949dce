"""Log lines as JSON, with known fields only: none can hold personal data."""

import json
import logging
import sys
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb

OWN = Path(__file__).parent
LOGGER = logging.getLogger("seloste")
FIELDS = (
    "endpoint",  # the name of a view, never an address
    "method",
    "status",
    "milliseconds",
    "error_id",
    "kind",
    "where",
    "reference",
    "suspicion",
    "tries",
    "count",
)


class OneLine(logging.Formatter):
    """Format a record as one line of JSON, with the fields of the list only."""

    def format(self, record: logging.LogRecord) -> str:
        given = getattr(record, "fields", {})
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        return json.dumps(line | {key: given[key] for key in FIELDS if key in given})


def set_up() -> None:
    """Log to the standard error, which the operator may redirect."""
    if not LOGGER.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(OneLine())
        LOGGER.addHandler(handler)
        LOGGER.setLevel(logging.INFO)
        LOGGER.propagate = False


def log_event(event: str, *, level: int = logging.INFO, **fields: object) -> None:
    LOGGER.log(level, event, extra={"fields": fields})


def log_alarm(event: str, **fields: object) -> None:
    """Log what a person must look at."""
    log_event(event, level=logging.ERROR, **fields)


def log_error(event: str, error: BaseException, **fields: object) -> None:
    """Log the kind and place of an error; its message may hold what somebody wrote."""
    log_alarm(event, kind=type(error).__name__, where=_where(error), **fields)


def _where(error: BaseException) -> list[str]:
    """The innermost three frames of our own code, and the innermost of a library."""
    frames = extract_tb(error.__traceback__)
    own = [frame for frame in frames if OWN in Path(frame.filename).parents][-3:]
    libraries = [frame for frame in frames[-1:] if frame not in own]
    return [
        f"{Path(frame.filename).stem}.{frame.name}:{frame.lineno}"
        for frame in own + libraries
    ]
