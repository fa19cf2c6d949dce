"""Reading stored steps of every kind."""

from functools import reduce
from operator import or_
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from request_app.cases.steps import (  # noqa: F401 - defines their kinds of step
    assignment,
    closing,
    decision,
    delivery,
    extension,
    notification,
    questions,
    restriction,
    search,
    verification,
)
from request_app.cases.steps.step import Step

_KINDS: Any = reduce(or_, Step.__subclasses__())
_STORED: TypeAdapter[Step] = TypeAdapter(Annotated[_KINDS, Field(discriminator="kind")])


LABELS = {
    each.model_fields["kind"].default: each.label for each in Step.__subclasses__()
}


def read_step(text: str) -> Step:
    """Read a step from its stored JSON."""
    return _STORED.validate_json(text)
