"""What staff fill in on the way in and on their own page."""

from collections.abc import Iterator

from wtforms import Form, PasswordField, StringField, ValidationError

from generator.languages import N_

MATCHES_NOT = N_("The two passwords differ.")


class Filled(Form):
    """A form whose faults are told at its top as well."""

    @property
    def faults(self) -> Iterator[tuple[str, str]]:
        for field in self:
            for error in field.errors[:1]:
                yield field.id, error

    def refuse(self, name: str, fault: str) -> None:
        self[name].errors = [*self[name].errors, fault]


class SignIn(Filled):
    name = StringField(N_("User name"), default="")
    password = PasswordField(N_("Password"), default="")


class NewPassword(Filled):
    """A password twice: nobody sees what they type."""

    password = PasswordField(
        N_("New password"),
        description=N_(
            "At least 15 characters. Several words of your own are good; a space is a "
            "character too."
        ),
        default="",
    )
    again = PasswordField(N_("The new password again"), default="")

    def validate_again(self, field: PasswordField) -> None:
        if field.data != self.password.data:
            raise ValidationError(MATCHES_NOT)


class FirstPassword(NewPassword):
    name = StringField(N_("User name"), default="")
    code = StringField(
        N_("One-time code"),
        description=N_("Seven groups of four characters, from your administrator."),
        default="",
    )


class OtherPassword(NewPassword):
    present = PasswordField(N_("Your present password"), default="")


class Code(Filled):
    code = StringField(N_("Code"), default="")


class Proof(Filled):
    password = PasswordField(N_("Password"), default="")
