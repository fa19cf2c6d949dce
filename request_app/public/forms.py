"""The forms of the public pages: the request, and the access code."""

from collections.abc import Callable, Container, Iterator

from flask_wtf import FlaskForm
from wtforms import Field, ValidationError

from generator.content.reader import Content
from generator.languages import N_
from request_app.store.values import Right
from request_app.web import request_form, request_questions
from request_app.web.fields import Hidden, Line, Lines, faults_of, room, values_of

OTHER_OR_UNKNOWN = N_("Something else or I don’t know")
BYTES_OF_CHARACTER = len("%F0%9F%98%80")
BYTES_BESIDES = 64 * 1024


@request_questions.asking(request_questions.QUESTIONS, request_questions.PERSON_READS)
class PublicForm(request_form.RequestForm, FlaskForm):
    """The request, on two pages; it requires what is needed to answer it.

    People who cannot give that may ask in another way; staff then enter the request.
    """

    class Meta:
        csrf = False  # there is no cookie that another site could abuse

    def offer(
        self, content: Content, language: str, gettext: Callable[[str], str]
    ) -> None:
        """Set the choices, and the hints that depend on the answers."""
        self.offer_choices(content, language, reply_in=language)
        law = {str(right.id): right.ask[language] for right in content.law.rights}
        self.rights.choices = {
            right.value: law.get(right.value) or gettext(OTHER_OR_UNKNOWN)
            for right in request_questions.DETAILS
        }
        if self.scope.data == request_questions.SOME:
            for name, wording in request_questions.PERSON_READS.items():
                if wording.hint_of_some:
                    self[name].description = wording.hint_of_some

    def faults(self, names: Container[str] = ()) -> Iterator[tuple[str, str]]:
        """Yield the faults with the ids of their fields, in the order of the page."""
        for field in self:
            if field.errors and (not names or field.name in names):
                yield from faults_of(field)

    def carried(self, *shown: str) -> Iterator[tuple[str, str]]:
        """Yield what was typed in fields that are not shown now."""
        for field in self:
            if field.name not in shown:
                yield from values_of(field)

    @property
    def shown(self) -> Iterator[str]:
        """The fields that the second page shows; the others are hidden inputs."""
        unseen = {*request_questions.WHAT, "stamp"}
        if len(self.reply_language.choices) == 1:
            unseen.add("reply_language")
        for field in self:
            if self.asks(field.name) and field.name not in unseen:
                yield field.name

    def asks(self, name: str) -> bool:
        """Whether a field belongs to the chosen rights."""
        if self.only_marketing and name in {"name", "known"}:
            return False
        return (
            name not in request_questions.RIGHT_OF
            or request_questions.RIGHT_OF[name] in self.asked
        )

    def reaches_by(self, name: str) -> bool:
        """Whether this contact was chosen; what is typed for another is ignored."""
        return bool(self.reach.data == request_questions.WAYS[name])

    def validate_items(self, field: Field) -> None:
        empty = all(item.form.is_empty for item in self.items)
        if Right.RECTIFICATION in self.asked and empty and not self.text.data:
            raise self.missing(field)

    def validate_marketing_where(self, field: Field) -> None:
        if Right.MARKETING in self.asked and not field.data:
            raise self.missing(field)

    def validate_restrict_data(self, field: Field) -> None:
        if Right.RESTRICTION in self.asked and not (field.data or self.text.data):
            raise self.missing(field)

    def validate_reach(self, field: Field) -> None:
        if field.data or not self.only_marketing:
            self.must_be_offered(field)

    def validate_post(self, field: Field) -> None:
        if self.reaches_by("post") and not field.data:
            raise self.missing(field)


def most_bytes() -> int:
    """The largest request body: every text at its limit, in any script.

    A character has up to four bytes in UTF-8, and %F0%9F%98%80 is how a form sends
    them: 43 texts of 5,000 characters (30 of them in ten corrections), six lines of 200
    and the stamp come to 221,200 characters, so 2,654,400 bytes. The names of the
    fields and the choices have the rest. Who is refused here gets no page with the text
    still in it, so nothing that the fields allow may be refused.
    """
    return room(PublicForm(formdata=None)) * BYTES_OF_CHARACTER + BYTES_BESIDES


class AccessCodeForm(FlaskForm):
    """The form for the access code, with a message to the desk."""

    class Meta:
        csrf = False  # the code itself is what another site does not have

    code = Line(N_("Access code"))
    stamp = Hidden()
    message = Lines(N_("Write to us"))

    def validate_message(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(N_("Write your message."))
