"""The forms of the sign-in and account pages, and the base of the desk’s forms."""

from collections.abc import Iterator

from wtforms import Form, PasswordField, StringField, ValidationError

from generator.languages import N_

MATCHES_NOT = N_("The two passwords differ.")

# What browsers are told of these fields.
_TYPED = {"autocapitalize": "none", "spellcheck": "false", "required": ""}
USER_NAME = {"autocomplete": "username"} | _TYPED
ONE_TIME_CODE = {
    "autocomplete": "one-time-code",
    "inputmode": "text",
    "autocapitalize": "characters",
    "spellcheck": "false",
    "required": "",
}
PASSWORD = {"autocomplete": "current-password", "required": ""}
NEW_PASSWORD = {"autocomplete": "new-password", "required": ""}


class Filled(Form):
    """A form whose faults are also listed at the top of its page."""

    @property
    def faults(self) -> Iterator[tuple[str, str]]:
        for field in self:
            for error in field.errors[:1]:
                yield field.id, error

    def refuse(self, name: str, fault: str) -> None:
        self[name].errors = [*self[name].errors, fault]


class SignIn(Filled):
    name = StringField(N_("User name"), default="", render_kw=USER_NAME)
    password = PasswordField(N_("Password"), default="", render_kw=PASSWORD)


class NewPassword(Filled):
    """A new password, typed twice because it is not shown."""

    password = PasswordField(
        N_("New password"),
        description=N_(
            "At least 15 characters. Several words of your own are good; a space is a "
            "character too."
        ),
        default="",
        render_kw=NEW_PASSWORD,
    )
    again = PasswordField(
        N_("The new password again"), default="", render_kw=NEW_PASSWORD
    )

    def validate_again(self, field: PasswordField) -> None:
        if field.data != self.password.data:
            raise ValidationError(MATCHES_NOT)


class FirstPassword(NewPassword):
    name = StringField(N_("User name"), default="", render_kw=USER_NAME)
    code = StringField(
        N_("One-time code"),
        description=N_("Seven groups of four characters, from your administrator."),
        default="",
        render_kw={"autocomplete": "off"} | _TYPED,
    )


class OtherPassword(NewPassword):
    present = PasswordField(N_("Your present password"), default="", render_kw=PASSWORD)


class OneTimeCodeField(StringField):
    """A field whose value is never rendered back into the page."""


class AppCode(Filled):
    code = OneTimeCodeField(N_("Code"), default="", render_kw=ONE_TIME_CODE)


class Proof(Filled):
    password = PasswordField(N_("Password"), default="", render_kw=PASSWORD)
