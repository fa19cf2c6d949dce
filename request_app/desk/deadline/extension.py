"""More time, told in time and once; and what to tell where the answer is late.

GDPR Art. 12(3): before the last day is over, with the reason, at most to three months.
"""

from collections.abc import Mapping

from flask import request
from werkzeug.wrappers import Response

from generator.languages import N_
from request_app.cases.grounds import EXTENSIONS
from request_app.cases.letters import short_letters
from request_app.cases.notice.wording import said
from request_app.cases.steps.kinds import Extended, LateTold
from request_app.cases.steps.rules import Act
from request_app.desk.case.case_view import CaseView, open_case_view
from request_app.desk.case.deadline_clock import reply_by
from request_app.desk.case.letter_step import LetterStepForm, send_with_letter
from request_app.desk.case.step_page import CaseFormPage
from request_app.desk.shell.access import blueprint, least
from request_app.desk.shell.days import DayField, read_day, start
from request_app.desk.shell.page import this_page
from request_app.store.values import Role
from request_app.web.fields import Choice, Lines

EXTENDED = N_("The time was extended, and the person was told.")
TOLD = N_("The person was told that the answer is late.")


class ExtendForm(LetterStepForm):
    reason = Choice(N_("Why is more time needed?"), default="")
    facts = Lines(
        N_("What in this request takes more time?"),
        description=N_("The person reads this: say what and how much."),
        default="",
    )
    to = DayField(
        N_("New last day to answer"),
        description=N_("Choose an earlier day if it is enough."),
    )

    def offer(self, view: CaseView) -> None:
        super().offer(view)
        language = this_page().language
        self.reason.choices = {
            each.id: said(each.reason, language) for each in EXTENSIONS.values()
        }
        start(self.to, view.progress.limits.extended_due)


@blueprint.route("/cases/<reference>/extend", methods=["GET", "POST"])
@least(Role.HANDLER)
def extend(reference: str) -> Response:
    """Without a reason, or too late, the rules refuse it."""
    view, form, page = open_case_view(reference), ExtendForm(request.form), this_page()
    limits = view.progress.limits
    form.offer(view)
    form_page = CaseFormPage(
        template="deadline/extend",
        view=view,
        form=form,
        values={
            "limits": limits,
            "counts": {
                each.id: (
                    said(each.counts, page.language),
                    said(each.counts_not, page.language),
                )
                for each in EXTENSIONS.values()
            },
        },
    )

    def steps_of(edited: Mapping[str, str]) -> list[Act]:
        step = Extended(
            to=read_day(form.to.data) or limits.extended_due,
            reason=form.reason.data or "",
            on=view.today,
        )
        facts = edited.get("facts", form.facts.data)
        return [Act(step=step, words={"facts": facts})]

    return send_with_letter(
        form_page,
        lambda: short_letters.extension(
            view.facts,
            EXTENSIONS[form.reason.data],
            to=read_day(form.to.data) or limits.extended_due,
            words={"facts": form.facts.data},
        ),
        steps_of,
        message=EXTENDED,
    )


class LateForm(LetterStepForm):
    by = DayField(
        N_("By when does the answer come?"),
        description=N_("Promise a day that you can keep."),
    )
    why = Lines(
        N_("Why is it late?"),
        description=N_("The person reads this. Say it as it is."),
        default="",
        render_kw={"rows": 4},
    )

    def offer(self, view: CaseView) -> None:
        super().offer(view)
        start(self.by, reply_by(view.progress, view.today))


@blueprint.route("/cases/<reference>/late", methods=["GET", "POST"])
@least(Role.HANDLER)
def late(reference: str) -> Response:
    """A late answer is never stopped; the person learns when it comes."""
    view, form = open_case_view(reference), LateForm(request.form)
    form.offer(view)
    form_page = CaseFormPage(template="deadline/late", view=view, form=form)

    def steps_of(edited: Mapping[str, str]) -> list[Act]:
        step = LateTold(on=view.today, by=read_day(form.by.data) or view.today)
        return [Act(step=step, words={"why": edited.get("why", form.why.data)})]

    return send_with_letter(
        form_page,
        lambda: short_letters.late(
            view.facts,
            by=read_day(form.by.data) or view.today,
            words={"why": form.why.data},
        ),
        steps_of,
        message=TOLD,
    )
