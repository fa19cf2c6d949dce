"""The pages on which staff ask the person a question and record the reply.

Asking which data are meant pauses the deadline (recital 63); asking which right is
meant does not (EDPB 01/2022 ¶48, ¶159).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from flask import request
from werkzeug.wrappers import Response
from wtforms import Field

from generator.languages import N_
from request_app.cases.letters import parts, short_letters
from request_app.cases.lifecycle.case_facts import Facts
from request_app.cases.steps.questions import Answered, Asked
from request_app.cases.steps.step import ProposedStep
from request_app.deadlines import PAUSING, PauseKind
from request_app.desk.case import case_view, deadline_clock, letter_step
from request_app.desk.case.step_page import StepForm, step_page
from request_app.desk.shell import access, days, labels
from request_app.desk.shell.case_form import required
from request_app.store.values import Role, Way
from request_app.web.fields import Choice, Lines, among

ASKED_ELSEWHERE = frozenset({Way.PHONE, Way.BY_HAND, Way.LETTER})
KINDS: Mapping[str, str] = {
    PauseKind.SCOPE.value: N_("Which of the data do they mean?"),
    PauseKind.WHICH_RIGHT.value: N_("What do they want us to do?"),
}


class QuestionForm(letter_step.LetterStepForm):
    """A question sent now, or asked earlier by phone, in person or on paper."""

    message = N_("The question was sent.")

    asked_on = days.DayField(
        N_("On which day did you ask?"),
        description=N_(
            "If you asked before today, by phone, by hand or by letter, write that "
            "day. The days of waiting count from it; when you entered it is kept as "
            "well."
        ),
    )
    why_late = Lines(
        N_("Why could you not ask earlier?"),
        description=N_(
            "Only if there is a reason that the person would accept. Then the days of "
            "waiting count although the question comes late."
        ),
    )

    by: days.DayField  # each question asks it last

    def offer(self) -> None:
        super().offer()
        days.start(
            self.by, deadline_clock.reply_by(self.view.progress, self.view.today)
        )
        days.start(self.asked_on, self.view.today)

    def sent_on(self, today: date) -> date:
        """Today if the desk sends it, else the day that was entered."""
        if self.way.data in ASKED_ELSEWHERE:
            return days.read_day(self.asked_on.data or "") or today
        return today

    @property
    def facts_when_sent(self) -> Facts:
        return replace(self.view.facts, today=self.sent_on(self.view.today))

    @property
    def reply_by(self) -> date:
        return days.read_day(self.by.data) or self.view.today

    def stops_time(self, kind: PauseKind, on: date) -> bool:
        return deadline_clock.stops(self.view.progress, kind, on)

    def excuse(self, kind: PauseKind, on: date) -> str:
        """Why a question came late; empty if it pauses the deadline anyway."""
        if on < self.view.case.received_on:  # which the rules refuse
            return ""
        if kind not in PAUSING or self.stops_time(kind, on):
            return ""
        return self.why_late.data or ""


class AskForm(QuestionForm):
    kind = Choice(
        N_("What do you want to know?"), choices=KINDS, default=PauseKind.SCOPE.value
    )
    question = Lines(
        N_("Your question"),
        description=N_("In plain words. Ask for no more than you need to answer."),
        validators=[required],
    )
    by = days.DayField(N_("By when should they reply?"))

    def validate_kind(self, field: Field) -> None:
        among(field, N_("Choose what you want to know."))

    def begin(self) -> None:
        if request.args.get("question") in KINDS:
            self.kind.data = request.args["question"]

    def values(self) -> dict[str, object]:
        return {"stops": self.stops_time(PauseKind.SCOPE, self.view.today)}

    def letter(self) -> parts.Letter:
        return short_letters.clarification(
            self.facts_when_sent,
            PauseKind(self.kind.data),
            by=self.reply_by,
            words={"question": self.question.data},
        )

    def proposed_steps(self, edited: Mapping[str, str]) -> list[ProposedStep]:
        kind, on = PauseKind(self.kind.data), self.sent_on(self.view.today)
        late = self.excuse(kind, on)
        asked = Asked(question=kind, on=on, way=Way(self.way.data), excused=bool(late))
        question = edited.get("question", self.question.data)
        return [
            ProposedStep(step=asked, words={"question": question, "why_late": late})
        ]


@access.blueprint.route("/cases/<reference>/ask", methods=["GET", "POST"])
@access.least(Role.HANDLER)
def ask(reference: str) -> Response:
    return letter_step.send_with_letter(
        AskForm.of(case_view.open_case_view(reference)), "identity/ask"
    )


class AnsweredForm(StepForm):
    kind = Choice(N_("Which question did they answer?"))
    on = days.DayField(N_("On which day did the answer come?"))
    answer = Lines(
        N_("What did they answer?"),
        description=N_(
            "In short; messages are kept as they are. Write what was said on the phone."
        ),
    )
    enough = Choice(
        N_("Was it enough?"),
        choices={"yes": N_("Yes"), "no": N_("No, it was not enough")},
        default="yes",
    )

    def offer(self) -> None:
        is_open = self.view.progress.open_questions
        self.kind.choices = {
            kind.value: label
            for kind, label in labels.QUESTIONS.items()
            if kind in is_open
        }
        if not self.kind.choices and self.kind.data in labels.QUESTIONS:
            self.kind.choices = labels.QUESTIONS  # the rules say that none is open
        days.start(self.on, self.view.today)

    def begin(self) -> None:
        self.kind.data = next(iter(self.kind.choices), None)

    def validate_kind(self, field: Field) -> None:
        among(field, N_("Choose which question they answered."))

    def validate_enough(self, field: Field) -> None:
        among(field, N_("Choose whether it was enough."))


@step_page("answered", AnsweredForm, "identity/answered")
def answered(form: AnsweredForm) -> ProposedStep:
    """Record a reply however it came, even one that is not enough."""
    done = Answered(
        question=PauseKind(form.kind.data),
        on=days.read_day(form.on.data) or form.view.today,
        enough=form.enough.data == "yes",
    )
    return ProposedStep(step=done, words={"answer": form.answer.data})
