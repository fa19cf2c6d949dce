"""Log lines as JSON. Only named fields get out, and none of them can hold a person."""

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
    """Writes a record as one line of JSON; what is not in the list stays out."""

    def format(self, record: logging.LogRecord) -> str:
        given = getattr(record, "fields", {})
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        return json.dumps(line | {key: given[key] for key in FIELDS if key in given})


def set_up() -> None:
    """Write to the standard error; who runs the program decides where that goes."""
    if not LOGGER.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(OneLine())
        LOGGER.addHandler(handler)
        LOGGER.setLevel(logging.INFO)
        LOGGER.propagate = False


def tell(event: str, *, level: int = logging.INFO, **fields: object) -> None:
    LOGGER.log(level, event, extra={"fields": fields})


def alarm(event: str, **fields: object) -> None:
    """Something that a person must look at."""
    tell(event, level=logging.ERROR, **fields)


def fault(event: str, error: BaseException, **fields: object) -> None:
    """An error by its kind and place: its own words may hold what somebody wrote."""
    alarm(event, kind=type(error).__name__, where=_where(error), **fields)


def _where(error: BaseException) -> list[str]:
    """The innermost places of our own code, and where it broke in a library."""
    frames = extract_tb(error.__traceback__)
    own = [frame for frame in frames if OWN in Path(frame.filename).parents][-3:]
    libraries = [frame for frame in frames[-1:] if frame not in own]
    return [
        f"{Path(frame.filename).stem}.{frame.name}:{frame.lineno}"
        for frame in own + libraries
    ]
