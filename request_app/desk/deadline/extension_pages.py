"""The pages that extend the deadline or notify the person of a late answer.

GDPR Art. 12(3): an extension is possible once, before the deadline has passed, with a
reason, to at most three months in total.
"""

from collections.abc import Mapping
from datetime import date

from werkzeug.wrappers import Response

from generator.languages import N_
from request_app.cases.grounds import EXTENSIONS
from request_app.cases.letters import parts, short_letters
from request_app.cases.notice.wording import in_language
from request_app.cases.steps.extension import Extended, LateTold
from request_app.cases.steps.step import ProposedStep
from request_app.desk.case import case_view, deadline_clock
from request_app.desk.case.letter_step import LetterStepForm, send_with_letter
from request_app.desk.shell import access, days
from request_app.desk.shell.page import this_page
from request_app.store.values import Role
from request_app.web.fields import Choice, Lines


class ExtendForm(LetterStepForm):
    message = N_("The time was extended, and the person was told.")

    reason = Choice(N_("Why is more time needed?"), default="")
    facts = Lines(
        N_("What in this request takes more time?"),
        description=N_("The person reads this: say what and how much."),
    )
    to = days.DayField(
        N_("New last day to answer"),
        description=N_("Choose an earlier day if it is enough."),
    )

    def offer(self) -> None:
        super().offer()
        language = this_page().language
        self.reason.choices = {
            each.id: in_language(each.reason, language) for each in EXTENSIONS.values()
        }
        days.start(self.to, self.view.progress.limits.extended_due)

    def values(self) -> dict[str, object]:
        language = this_page().language
        counts = {
            each.id: (
                in_language(each.counts, language),
                in_language(each.counts_not, language),
            )
            for each in EXTENSIONS.values()
        }
        return {"limits": self.view.progress.limits, "counts": counts}

    @property
    def last_day(self) -> date:
        return days.read_day(self.to.data) or self.view.progress.limits.extended_due

    def letter(self) -> parts.Letter:
        return short_letters.extension(
            self.view.facts,
            EXTENSIONS[self.reason.data],
            to=self.last_day,
            words={"facts": self.facts.data},
        )

    def proposed_steps(self, edited: Mapping[str, str]) -> list[ProposedStep]:
        step = Extended(
            to=self.last_day, reason=self.reason.data or "", on=self.view.today
        )
        return [
            ProposedStep(
                step=step, words={"facts": edited.get("facts", self.facts.data)}
            )
        ]


@access.blueprint.route("/cases/<reference>/extend", methods=["GET", "POST"])
@access.least(Role.HANDLER)
def extend(reference: str) -> Response:
    """Extend the deadline; the rules refuse it without a reason or when it is late."""
    form = ExtendForm.of(case_view.open_case_view(reference))
    return send_with_letter(form, "deadline/extend")


class LateForm(LetterStepForm):
    title = N_("Tell the person that the answer is late")
    message = N_("The person was told that the answer is late.")

    by = days.DayField(
        N_("By when does the answer come?"),
        description=N_("Promise a day that you can keep."),
    )
    why = Lines(
        N_("Why is it late?"),
        description=N_("The person reads this. Say it as it is."),
        render_kw={"rows": 4},
    )

    def offer(self) -> None:
        super().offer()
        days.start(
            self.by, deadline_clock.reply_by(self.view.progress, self.view.today)
        )

    @property
    def promised(self) -> date:
        return days.read_day(self.by.data) or self.view.today

    def letter(self) -> parts.Letter:
        words = {"why": self.why.data}
        return short_letters.late(self.view.facts, by=self.promised, words=words)

    def proposed_steps(self, edited: Mapping[str, str]) -> list[ProposedStep]:
        step = LateTold(on=self.view.today, by=self.promised)
        return [
            ProposedStep(step=step, words={"why": edited.get("why", self.why.data)})
        ]


@access.blueprint.route("/cases/<reference>/late", methods=["GET", "POST"])
@access.least(Role.HANDLER)
def late(reference: str) -> Response:
    """Notify the person of a delay; a late answer can still be sent."""
    return send_with_letter(
        LateForm.of(case_view.open_case_view(reference)), "deadline/late"
    )
