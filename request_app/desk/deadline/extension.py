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
from request_app.cases.steps.extension import Extended, LateTold
from request_app.cases.steps.step import ProposedStep
from request_app.desk.case.case_view import look
from request_app.desk.case.deadline_clock import reply_by
from request_app.desk.case.letter_step import LetterForm, by_letter
from request_app.desk.case.step_page import Attempt
from request_app.desk.shell.access import blueprint, least
from request_app.desk.shell.days import DayField, read_day, start
from request_app.desk.shell.page import this_page
from request_app.store.values import Role
from request_app.web.fields import Choice, Lines

EXTENDED = N_("The time was extended, and the person was told.")
TOLD = N_("The person was told that the answer is late.")


class ExtendForm(LetterForm):
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


@blueprint.route("/cases/<reference>/extend", methods=["GET", "POST"])
@least(Role.HANDLER)
def extend(reference: str) -> Response:
    """Without a reason, or too late, the rules refuse it."""
    seen, form, page = look(reference), ExtendForm(request.form), this_page()
    limits = seen.progress.limits
    form.offer_ways(seen.opened)
    form.reason.choices = {
        each.id: said(each.reason, page.language) for each in EXTENSIONS.values()
    }
    start(form.to, limits.extended_due)
    attempt = Attempt(
        template="case/extend",
        look=seen,
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

    def acts(mended: Mapping[str, str]) -> list[ProposedStep]:
        step = Extended(
            to=read_day(form.to.data) or limits.extended_due,
            reason=form.reason.data or "",
            on=seen.today,
        )
        facts = mended.get("facts", form.facts.data)
        return [ProposedStep(step=step, words={"facts": facts})]

    return by_letter(
        attempt,
        lambda: short_letters.extension(
            seen.facts,
            EXTENSIONS[form.reason.data],
            to=read_day(form.to.data) or limits.extended_due,
            words={"facts": form.facts.data},
        ),
        acts,
        told=EXTENDED,
    )


class LateForm(LetterForm):
    by = DayField(
        N_("By when does the answer come?"),
        description=N_("Promise a day that you can keep."),
    )
    why = Lines(
        N_("Why is it late?"),
        description=N_("The person reads this. Say it as it is."),
        default="",
    )


@blueprint.route("/cases/<reference>/late", methods=["GET", "POST"])
@least(Role.HANDLER)
def late(reference: str) -> Response:
    """A late answer is never stopped; the person learns when it comes."""
    seen, form = look(reference), LateForm(request.form)
    form.offer_ways(seen.opened)
    start(form.by, reply_by(seen.progress, seen.today))
    attempt = Attempt(template="case/late", look=seen, form=form)

    def acts(mended: Mapping[str, str]) -> list[ProposedStep]:
        step = LateTold(on=seen.today, by=read_day(form.by.data) or seen.today)
        return [
            ProposedStep(step=step, words={"why": mended.get("why", form.why.data)})
        ]

    return by_letter(
        attempt,
        lambda: short_letters.late(
            seen.facts,
            by=read_day(form.by.data) or seen.today,
            words={"why": form.why.data},
        ),
        acts,
        told=TOLD,
    )
