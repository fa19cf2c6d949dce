"""A case as the desk shows it: unsealed, with its plan and next steps."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from request_app.cases.action import Action
from request_app.cases.decision.recipients import notifications
from request_app.cases.delivery import delivery_code
from request_app.cases.intake.related_requests import similar
from request_app.cases.lifecycle import case_facts, opened_case
from request_app.cases.lifecycle.next_steps import Item, Situation, checklist, next_of
from request_app.cases.notice.plan import Plan, Scope, plan
from request_app.cases.steps.progress import DAYS_TO_FETCH, Progress
from request_app.desk.case.timeline import Speaker
from request_app.desk.queue.lookup import find, readable
from request_app.desk.shell import services, transactions
from request_app.desk.shell.page import DeskPage, this_page
from request_app.published import Kept, kept
from request_app.store import absences, accounts, cases, letters, links, notices


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """Everything about a case that its pages show."""

    opened: opened_case.Opened
    kept: Kept  # the notice of the day of receipt
    plan: Plan
    today: date
    deliveries: list[delivery_code.DeliveryStatus]
    letters: list[letters.StoredLetter]
    linked: list[cases.Case]
    similar: list[cases.Case]
    names: dict[str, str]  # of accounts, by their ids
    absence: absences.Absence | None  # of the case handler, today

    @property
    def case(self) -> cases.Case:
        return self.opened.case

    @property
    def progress(self) -> Progress:
        return self.opened.progress

    @property
    def unread(self) -> bool:
        return self.opened.unread > 0

    @property
    def items(self) -> list[Item]:
        situation = Situation(
            plan=self.plan,
            today=self.today,
            unread=self.unread,
            replied=self.opened.replied,
            acts_for_another=self.opened.acts_for_another,
            wants_restriction=self.opened.wants_restriction,
            undelivered=_is_undelivered(self.deliveries),
            recipients=notifications(self.facts, self.progress),
        )
        return checklist(self.progress, situation)

    @property
    def next(self) -> Item | None:
        return next_of(self.items)

    @property
    def delivery(self) -> delivery_code.DeliveryStatus | None:
        """The newest delivery that was not withdrawn."""
        living = [
            each
            for each in self.deliveries
            if each.standing is not delivery_code.DeliveryStage.WITHDRAWN
        ]
        return living[-1] if living else None

    @property
    def facts(self) -> case_facts.Facts:
        """The facts from which the letters of this case are made."""
        return case_facts.Facts(
            case=self.case,
            rights=self.opened.rights,
            registers=self.opened.registers,
            kept=self.kept,
            today=self.today,
            now=services.current().published.edition().content,
            to="\n".join(filter(None, (self.opened.name, self.opened.post))),
            name=self.opened.name or "",
            whose=self.opened.represented,
            original_due=self.progress.limits.without_pauses.due,
        )


def open_case_view(reference: str) -> CaseView:
    """Open a case and record in the audit trail that it was opened."""
    case, page = find(reference), this_page()
    with transactions.writing() as action:
        return _case_view(action, opened_case.open_case(action, case), page)


def speaker(view: CaseView, page: DeskPage) -> Speaker:
    """The speaker of this case, which knows the names in its steps."""
    return Speaker(
        language=page.language,
        gettext=page.gettext,
        day=page.day,
        kept=view.kept,
        names=view.names,
        recipients={each.id: each.label for each in view.plan.recipients},
    )


def _case_view(action: Action, opened: opened_case.Opened, page: DeskPage) -> CaseView:
    case, connection, today = opened.case, action.connection, action.today
    notice = kept(notices.load(connection, case.notice_hash))
    return CaseView(
        opened=opened,
        kept=notice,
        plan=plan(
            Scope(case, opened.rights, opened.registers),
            notice,
            page.content,
            language=page.language,
        ),
        today=today,
        deliveries=delivery_code.deliveries_of(connection, case, today=today),
        letters=letters.of_case(connection, case.id),
        linked=_readable(connection, links.of_case(connection, case.id)),
        similar=_readable(connection, similar(connection, case)),
        names={each.id: each.name for each in accounts.everyone(connection)},
        absence=absences.on(connection, today).get(case.handler_id or ""),
    )


def _readable(connection: Connection, found: list[cases.Case]) -> list[cases.Case]:
    """Leave out restricted cases unless one is a named reader."""
    return [each for each in found if readable(connection, each)]


def _is_undelivered(deliveries: list[delivery_code.DeliveryStatus]) -> bool:
    """Whether delivery needs action: withdrawn, mail failed, or not fetched."""
    standing = {reach.standing for reach in deliveries}
    return standing == {delivery_code.DeliveryStage.WITHDRAWN} or any(
        map(_is_stuck, deliveries)
    )


def _is_stuck(reach: delivery_code.DeliveryStatus) -> bool:
    """Whether the mail failed, or nobody has fetched the answer for a week."""
    if reach.standing is delivery_code.DeliveryStage.MAIL_FAILED:
        return True
    return reach.standing in delivery_code.UNFETCHED and reach.days >= DAYS_TO_FETCH
