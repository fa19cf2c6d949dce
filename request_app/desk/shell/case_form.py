"""The base of forms about a case, which carry the version that was shown."""

from collections.abc import Iterable

from flask import request
from wtforms import Field, IntegerField, ValidationError

from generator.languages import N_
from request_app.desk.shell.forms import Filled


class CaseForm(Filled):
    """A form about a case, with the version and number of steps that were shown."""

    version = IntegerField(default=0)
    steps = IntegerField(default=0)

    @property
    def to_fill_in(self) -> Iterable[Field]:
        """The fields that staff fill in, in the order of the page."""
        return [each for each in self if each.name not in {"version", "steps"}]

    def see(self, version: int, steps: int) -> None:
        """Hold the case as it is shown now."""
        self.version.data = version
        self.steps.data = steps


def required(_form: object, field: Field) -> None:
    if not field.data:
        raise ValidationError(N_("Write something here."))


def posted() -> bool:
    return request.method == "POST"
