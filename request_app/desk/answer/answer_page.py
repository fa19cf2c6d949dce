"""The page on which staff write, preview and send the answer to a request.

The text of decisions and law is fixed; staff add their own text beside it. Every button
saves the draft, sealed, so nothing typed is lost.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from http import HTTPStatus
from io import BytesIO

from babel.numbers import format_decimal
from flask import abort, request, send_file, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import Length

from generator.languages import N_, locale
from request_app.cases.action import Action
from request_app.cases.decision.outcome import Handled, handled
from request_app.cases.delivery import answer_package, channels, send_answer
from request_app.cases.letters import answer_checks, answer_draft, parts, placeholders
from request_app.cases.letters.access_draft import information_draft
from request_app.cases.letters.answer import answer
from request_app.cases.letters.data_names import given
from request_app.cases.lifecycle import case_facts, record
from request_app.cases.steps.step import ProposedStep
from request_app.desk.answer import information_fields
from request_app.desk.answer.blockers import message_of, stop
from request_app.desk.answer.channel_form import OTHER, MeansForm, code_page
from request_app.desk.case import step_page
from request_app.desk.case.case_view import CaseView, open_case_view
from request_app.desk.shell import (
    access,
    labels,
    redirect,
    services,
    session,
    transactions,
)
from request_app.desk.shell.case_form import posted
from request_app.desk.shell.page import this_page
from request_app.formatting import MEGA, file_size
from request_app.store import cases, database, letters, packages as stored
from request_app.store.values import Role
from request_app.web import clean
from request_app.web.fields import Choice, Hidden, Lines

LONGEST = 60_000
NONE, COVERED = "none", "covered"
WRITTEN = ("own_words", "request_times")  # they go into the letter
KEPT = (
    *WRITTEN,
    "others",
    "child",
    "to",
    "means",
    "address",
    "email",
    "to_represented",
)

SENT = N_("The answer was sent.")
RECORDED = N_(
    "The answer was recorded as handed over. Nothing was sent: print this letter and "
    "post it, hand it over, or read it out."
)
IS_SENT = N_("The answer has been sent. Reopen the case to change it.")
OTHER_DRAFT = N_(
    "Somebody else has saved the answer meanwhile. What you typed is still here; what "
    "they wrote stands below. Save again, and yours takes its place."
)
OTHER_FILES = N_(
    "The attachments have changed meanwhile. Look at them, then send again."
)
TOO_BIG = N_("All attachments together may take 20 MB. There is room for: %(room)s MB")
NO_FILE = N_("Choose a file.")


class AnswerForm(MeansForm):
    """What staff write, attach and confirm before the answer is sent."""

    own_words = Lines(
        N_("In your own words (optional)"),
        description=N_("It stands before what the person can do next."),
    )
    access_information = TextAreaField(
        N_("How we use the data of this person"),
        description=N_(
            "The draft comes from the privacy notice, which speaks of everybody. Take "
            "out what does not concern this person, and write what is missing over "
            "the ⟦brackets⟧. Empty the field, and the draft comes back."
        ),
        filters=[clean.text],
        validators=[Length(max=LONGEST)],
        default="",
    )
    request_times = Lines(
        N_("How long are the data of this request kept?"),
        description=N_("The notice does not tell it."),
    )
    others = Choice(
        N_("I have looked through the answer and its attachments"),
        choices={
            NONE: N_("They show no data of other people"),
            COVERED: N_("Data of other people have been covered for good"),
        },
        default="",
    )
    child = Lines(
        N_("How was the interest of the child thought of?"),
        description=N_(
            "The data are the child’s own. Custody alone is not enough: think of the "
            "child’s age and view, and of who must not learn of it."
        ),
    )
    draft = Hidden(default="")
    taken = Hidden(default="")
    drawn = Hidden(default="")
    compared = Hidden(default="")
    long_gaps: Collection[str] = ()

    @property
    def faults(self) -> Iterator[tuple[str, str]]:
        yield from super().faults
        yield from ((name, information_fields.TOO_LONG) for name in self.long_gaps)


@access.blueprint.route(
    "/cases/<reference>/answer", methods=["GET", "POST"], endpoint="answer"
)
@access.least(Role.HANDLER)
def write_answer(reference: str) -> Response:
    page = _AnswerPage(open_case_view(reference))
    if not posted():
        return page.show()
    if page.is_over:
        return page.show(step_page.CONFLICT, [IS_SENT])
    wanted, _, which = request.form.get("go", "save").partition(":")
    if wanted == "send":
        return page.send()
    if wanted == "attach":
        return page.attach()
    return page.save(take=which if wanted == "remove" else "", paper=wanted == "paper")


@access.blueprint.get("/cases/<reference>/answer/paper")
@access.least(Role.HANDLER)
def answer_paper(reference: str) -> Response:
    """A preview of the answer, to be read or printed."""
    page = _AnswerPage(open_case_view(reference))
    return this_page().answer(
        "answer/paper",
        view=page.view,
        letter=parts.render(page.letter),
        letter_language=page.letter.language,
    )


@access.blueprint.get("/cases/<reference>/answer/files/<file_id>")
@access.least(Role.HANDLER)
def attachment(reference: str, file_id: str) -> Response:
    """An attachment as uploaded; browsers save it and never display it."""
    view = open_case_view(reference)
    with transactions.reading() as action:
        connection = action.connection
        for package in stored.of_case(connection, view.case.id):
            ring = answer_package.ring_of(action, package)
            files = answer_package.files_of(connection, package.id, ring)
            if named := next((each for each in files if each.id == file_id), None):
                return _file(named, answer_package.open_file(connection, named, ring))
    return abort(HTTPStatus.NOT_FOUND)


def _file(named: answer_package.Named, content: bytes) -> Response:
    return send_file(
        BytesIO(content),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=named.name,
    )


class _AnswerPage:
    """The answer page of one HTTP request, with the letter that its form makes."""

    def __init__(self, view: CaseView) -> None:
        self.view, self.page = view, this_page()
        with transactions.reading() as action:
            self.draft = answer_draft.draft_of(action, view.case)
            self.files = _files(action, view)
        self.form = AnswerForm(request.form if posted() else None)
        self.form.offer(view)
        if not posted():
            self._begin(self.form, self.draft)
        self.information = self._information()
        self.form.access_information.data = self.information.text
        self.form.long_gaps = [each.name for each in self.information.too_long]
        self.form.validate()

    @property
    def is_over(self) -> bool:
        return self.view.progress.answered or self.view.progress.closed

    @property
    def preferred(self) -> str:
        return channels.default_means(self.view.opened).value

    @cached_property
    def facts(self) -> case_facts.Facts:
        return channels.with_addressee(
            self.view.facts,
            self.view.opened,
            self.form.to.data or "",
            represented=bool(self.form.to_represented.data),
        )

    @cached_property
    def handled(self) -> Handled:
        names = [each.name for each in self.files]
        return handled(self.view.opened, self._words(), attached=names)

    @cached_property
    def letter(self) -> parts.Letter:
        return answer(self.facts, self.handled)

    @cached_property
    def open_faults(self) -> list[parts.Fault]:
        return list(answer_checks.answer_faults(self.facts, self.handled, self.letter))

    def show(
        self, status: int = HTTPStatus.OK, reasons: Iterable[str] = ()
    ) -> Response:
        return self._form_page().show(status, reasons)

    def save(self, *, take: str = "", paper: bool = False) -> Response:
        """Save the draft, and remove the named attachment if there is one."""
        if any(self.form.faults):
            return self.show(step_page.UNPROCESSABLE)
        with transactions.writing() as action:
            if not self._is_newest(action.connection):
                return self._conflict()
            package = send_answer.open_package(action.connection, self.view.case)
            if take and package:
                answer_package.remove_file(action.connection, package, take)
            self._put(action)
        return self._saved("desk.answer_paper" if paper else "desk.answer")

    def attach(self) -> Response:
        """Seal files into the package; they are never on a disk in plain text."""
        files = [each for each in request.files.getlist("file") if each.filename]
        if not files:
            return self.show(step_page.UNPROCESSABLE, [NO_FILE])
        if any(self.form.faults):
            return self.show(step_page.UNPROCESSABLE)
        try:
            with transactions.writing() as action:
                case, connection = self.view.case, action.connection
                if not self._is_newest(connection):
                    return self._conflict()
                package = send_answer.open_package(connection, case)
                package = package or answer_package.new_package(action, case)
                for each in files:
                    name = str(each.filename)
                    answer_package.add_file(connection, package, name, each.read())
                self._put(action)
        except answer_package.TooBigError as error:
            room = format_decimal(
                max(error.room, 0) * 10 // MEGA / 10,  # never more than there is
                locale=locale(self.page.language),
            )
            return self.show(
                step_page.UNPROCESSABLE, [self.page.gettext(TOO_BIG) % {"room": room}]
            )
        return self._saved("desk.answer")

    def send(self) -> Response:
        """Send the answer unless something still blocks it."""
        self.form.check_means()
        form_page = self._form_page()
        if list(self.form.faults):
            return form_page.refuse()
        opened = self.view.opened
        dispatched: list[send_answer.Dispatched] = []
        wanted = self.form.sending(opened, self.view.today)
        checked = send_answer.Checked(others=self._others(), child=self.form.child.data)
        reasons = [
            *(message_of(each, self.view) for each in self.open_faults),
            *channels.way_objections(opened, wanted),
            *send_answer.check_objections(opened, checked),
        ]

        def also(action: Action) -> Iterable[ProposedStep]:
            if reasons:
                raise record.RefusedError(reasons)
            if not self._is_newest(action.connection):
                raise record.RefusedError([OTHER_DRAFT])
            if request.form.getlist("seen") != [each.id for each in self.files]:
                raise record.RefusedError([OTHER_FILES])
            case, letter = self.view.case, self.letter
            dispatched.append(send_answer.send(action, case, letter, wanted, checked))
            return dispatched[0].steps

        def show_code() -> Response:
            new_code = dispatched[0].new_code
            assert new_code is not None  # noqa: S101 - only a code has such a page
            return code_page(self.view, new_code, wanted)

        if wanted.means in channels.WHOLE:
            return form_page.do(also=also, then=self._kept_letter)
        by_mail = wanted.means is channels.Means.EMAIL
        then = None if by_mail else show_code
        return form_page.do(also=also, message=SENT, then=then)

    def _kept_letter(self) -> Response:
        """Redirect to the stored letter, which staff print and hand over."""
        case = self.view.case
        with database.reading(services.current().engine) as connection:
            newest = letters.of_case(connection, case.id)[-1]
        session.flash(self.page.gettext(RECORDED))
        at = url_for("desk.letter", reference=case.reference, letter_id=newest.id)
        return redirect.go(at)

    def _form_page(self) -> step_page.CaseFormPage:
        letter, facts, done = self.letter, self.facts, self.handled
        values: dict[str, object] = {
            "rights": labels.RIGHTS,
            "letter": letter,
            "preferred": self.preferred,
            "information": self.information,
            "longest_in_gap": information_fields.LONGEST_IN_GAP,
            "too_long": information_fields.TOO_LONG,
            "changed": information_fields.CHANGED,
            "stops": list(
                dict.fromkeys(stop(each, self.view) for each in self.open_faults)
            ),
            "warnings": [
                *(
                    message_of(each, self.view)
                    for each in answer_checks.warnings(facts, done)
                ),
                *(
                    [self.page.gettext(information_fields.CHANGED)]
                    if self.information.is_outdated
                    else []
                ),
            ],
            "given": given(done, replace(facts, case=self._case_on_desk())),
            "files": [
                (each, file_size(each.size, language=self.page.language))
                for each in self.files
            ],
            "is_over": self.is_over,
            "gives_data": self.view.progress.gives_data,
            "child": self.view.opened.child or self.view.opened.flags.minor,
            "asks_times": self._asks_times(),
            "theirs": self._theirs() if self._is_other() else (),
            "draft_id": self.draft.id,
        }
        return step_page.CaseFormPage(
            template="answer/answer", view=self.view, form=self.form, values=values
        )

    def _case_on_desk(self) -> cases.Case:
        """The case with the language of the desk, for texts that only staff read."""
        return replace(self.view.case, language=self.page.language)

    def _theirs(self) -> list[str]:
        """The texts that somebody else saved meanwhile, as letters show them."""
        words = self.draft.words
        texts = [
            words.get(name, "") for name in ("own_words", "request_times", "child")
        ]
        if placeholders.gap_words(words) or answer_checks.INFORMATION in words:
            theirs = handled(self.view.opened, words)
            if draft := information_draft(self.view.facts, theirs):
                texts.append(placeholders.filled(draft, words))
        return [each for each in texts if each]

    def _begin(self, form: AnswerForm, draft: answer_draft.SavedAnswer) -> None:
        form.begin(self.view)
        form.means.data = self.preferred
        if not channels.may_use_address(self.view.opened):
            form.address.data = OTHER
        form.draft.data = draft.id
        for name in KEPT:
            if name in draft.words:
                form[name].data = draft.words[name]
        form.to_represented.data = bool(draft.words.get("to_represented"))

    def _information(self) -> information_fields.Information:
        form, came = self.form, None
        if posted():
            sent = (form.access_information, form.taken, form.drawn, form.compared)
            came = information_fields.Came(*(each.data or "" for each in sent))
        draft = information_draft(self.view.facts, handled(self.view.opened))
        return information_fields.information(draft, self.draft.words, came)

    def _words(self) -> dict[str, str]:
        words = {name: self.form[name].data or "" for name in WRITTEN}
        return words | self.information.words

    def _put(self, action: Action) -> None:
        words = self._words() | self.information.kept
        for name in KEPT:
            if name not in WRITTEN:
                value = self.form[name].data
                words[name] = "y" if value is True else str(value or "")
        if words["to"] == clean.text(channels.default_to(self.view.opened)):
            del words["to"]
        answer_draft.put(action, self.view.case, words)

    def _is_newest(self, connection: Connection) -> bool:
        case = cases.lock(connection, self.view.case.id)
        draft_id = self.form.draft.data or ""
        return case is not None and answer_draft.is_newest(connection, case, draft_id)

    def _is_other(self) -> bool:
        return posted() and self.draft.id != (self.form.draft.data or "")

    def _conflict(self) -> Response:
        return self.show(step_page.CONFLICT, [OTHER_DRAFT])

    def _saved(self, endpoint: str) -> Response:
        return redirect.go(url_for(endpoint, reference=self.view.case.reference))

    def _others(self) -> bool | None:
        return {NONE: False, COVERED: True}.get(self.form.others.data)

    def _asks_times(self) -> bool:
        """Whether the notice leaves open how long requests are kept."""
        found = self.letter.section("still_kept")
        return bool(found and "⟦" in found.text) or bool(self.form.request_times.data)


def _files(action: Action, view: CaseView) -> list[answer_package.Named]:
    package = send_answer.open_package(action.connection, view.case)
    if package is None:
        return []
    ring = answer_package.ring_of(action, package)
    return answer_package.files_of(action.connection, package.id, ring)
