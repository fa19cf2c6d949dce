"""The forms for the two protective flags of a person and a case’s readers."""

from collections.abc import Iterable

from wtforms import BooleanField, Field, ValidationError

from generator.languages import N_
from request_app.cases.lifecycle.protection import Flags
from request_app.desk.shell.case_form import CaseForm
from request_app.store.accounts import Account
from request_app.store.values import Role
from request_app.web.fields import Choices


class FlagQuestions:
    """The two flags; the queue shows neither, and both affect the answer."""

    hidden_address = BooleanField(
        N_("The person has a non-disclosure order (turvakielto)."),
        description=N_("The postal address is then neither shown nor printed."),
    )
    minor = BooleanField(
        N_("The data are those of a minor."),
        description=N_("Nothing is then sent to a guardian without a check."),
    )


class ReaderQuestion:
    readers = Choices(
        N_("Only these may open it"),
        description=N_(
            "Choose nobody, and everyone at the desk may. "
            "For the request of a colleague, name those who answer it."
        ),
    )

    def offer_readers(self, staff: Iterable[Account]) -> None:
        self.staff = {each.id: each for each in staff}
        self.readers.choices = {each.id: each.name for each in self.staff.values()}

    @property
    def named(self) -> frozenset[str]:
        return frozenset(self.readers.data or ()) & frozenset(self.staff)

    def validate_readers(self, field: Field) -> None:
        del field
        roles = {self.staff[each].role for each in self.named}
        if roles == {Role.VIEWER}:
            raise ValidationError(
                N_("Choose at least one case handler: readers cannot answer.")
            )


class FlagsForm(FlagQuestions, CaseForm):
    def flags(self) -> Flags:
        return Flags(hidden_address=self.hidden_address.data, minor=self.minor.data)


class ReadersForm(ReaderQuestion, CaseForm):
    pass
