"""The errors by which validators refuse a value, and how they become problems.

Each fault is the key of one of `problems.MESSAGES`, with its values.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

from generator.content.problems import GivenValue, KnownNames, NearestName
from generator.content.yaml_mistakes import missing_space

Fault = PydanticCustomError
Faults = list[InitErrorDetails]  # with the place of each

SEE_MESSAGES = "see generator.content.problems"  # in place of a text of pydantic's


def new(kind: str, **values: object) -> Fault:
    return Fault(kind, SEE_MESSAGES, values)


def not_among(kind: str, value: object, known: Iterable[str], **more: object) -> Fault:
    """Return the fault of a value that is not known; it suggests the nearest one."""
    known = list(known)
    hints = {"hint": NearestName(value, known), "known": KnownNames(known)}
    return new(kind, value=value, key=value, **hints, **more)


def not_a_group(kind: str, value: object, **more: object) -> Fault:
    """Return the fault of a value that is no group: often only a space is missing."""
    if isinstance(value, str) and (match := missing_space(value)):
        return new("space_after_colon", value=value, key=match[1])
    return new(kind, given=GivenValue(value), **more)


def at(fault: Fault, value: object, *loc: str | int) -> Faults:
    return [InitErrorDetails(type=fault, loc=loc, input=value)]


def of(error: ValidationError) -> Faults:
    """Return the faults within an error, to raise them again beside others."""
    return [
        InitErrorDetails(
            type=_type_of(each),
            loc=each["loc"],
            input=each["input"],
            ctx=each.get("ctx", {}),
        )
        for each in error.errors(include_url=False)
    ]


def _type_of(error: ErrorDetails) -> str | Fault:
    if error["msg"] != SEE_MESSAGES:
        return error["type"]
    return new(error["type"], **error.get("ctx", {}))


def refuse(faults: Faults) -> None:
    """Raise all faults as one error, if there are any."""
    if faults:
        raise ValidationError.from_exception_data("content", faults)


def problem_of(error: ErrorDetails) -> tuple[str, Mapping[str, Any]]:
    """Return the kind and the values of the problem that an error stands for."""
    given = {"given": GivenValue(error["input"])}
    match error["type"]:
        case "missing":
            return "missing_key", {"key": error["loc"][-1]}
        case "literal_error" if isinstance(error["input"], str):
            known = re.findall(r"'([^']*)'", error["ctx"]["expected"])
            if known == ["none"]:
                decisions = "automated_decisions" in error["loc"]
                return "none_or_group" if decisions else "none_or_text", given
            choice = not_among("not_a_choice", error["input"], known)
            return "not_a_choice", choice.context or {}
        case kind if kind in _EXPECTED:
            return _EXPECTED[kind], given
        case kind:
            return kind, error.get("ctx", {})


_EXPECTED = {
    "string_type": "text_expected",
    "literal_error": "text_expected",
    "tuple_type": "list_expected",
    "dict_type": "group_expected",
    "model_type": "group_expected",
    "union_tag_invalid": "group_expected",
}
