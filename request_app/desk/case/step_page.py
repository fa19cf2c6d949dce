"""Doing something in a case: as it was looked at, by the rules, and nothing is lost.

Every form of a case holds the version that was looked at, and how many steps had been
taken by then: flags and readers change a case without a step. Where somebody else was
faster, or a rule objects, the page comes again with what was typed (409).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from http import HTTPStatus
from urllib.parse import urljoin

from flask import request
from werkzeug.wrappers import Response

from generator.languages import N_
from request_app.cases.action import Action
from request_app.cases.delivery.answer_package import PackageError
from request_app.cases.delivery.deliver import DeliveryRefusedError
from request_app.cases.lifecycle import record
from request_app.cases.steps.progress import Progress
from request_app.cases.steps.step import ProposedStep
from request_app.desk.case import navigation
from request_app.desk.case.case_view import Look, look, speaker
from request_app.desk.case.timeline import event
from request_app.desk.queue.lookup import address_of
from request_app.desk.shell import transactions
from request_app.desk.shell.case_form import CaseForm
from request_app.desk.shell.page import this_page
from request_app.desk.shell.redirect import go
from request_app.desk.shell.session import tell_once

CHANGED = N_(
    "Somebody else has changed the case meanwhile. What they did stands below; what "
    "you typed is still here. Look at both, then send again."
)
DONE = N_("Saved.")
UNPROCESSABLE, CONFLICT = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT

# What else is done in the transaction of the steps, such as sending a letter; it may
# give further steps, such as a delivery that it made.
Besides = Callable[[Action], Iterable[ProposedStep]]


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """A page with a form, and how it went so far."""

    template: str
    look: Look
    form: CaseForm
    values: dict[str, object] = field(default_factory=dict)  # for the template

    def show(
        self, status: int = HTTPStatus.OK, reasons: Iterable[str] = ()
    ) -> Response:
        """The page, with the reasons why it did not go."""
        page, meanwhile = this_page(), []
        if status == CONFLICT:
            meanwhile = self.look.opened.history[self.form.steps.data or 0 :]
        # who has not been shown what others did keeps the version they looked at
        if status == CONFLICT or not self.form.version.data:
            self.form.see(self.look.case.version, self.look.progress.steps)
        return page.answer(
            self.template,
            status,
            look=self.look,
            form=self.form,
            reasons=[page.say(reason) for reason in reasons],
            meanwhile=meanwhile,
            told_of=partial(event, speaker=speaker(self.look, page)),
            stages=navigation.stages(self.look.items, self.look.case.reference),
            **self.values,
        )

    def refuse(self, reasons: Iterable[str] = ()) -> Response:
        """What was typed cannot be taken; the page tells why."""
        return self.show(UNPROCESSABLE, reasons)

    def do(
        self,
        *acts: ProposedStep,
        besides: Besides | None = None,
        told: str = DONE,
        then: Callable[[], Response] | None = None,
    ) -> Response:
        """Take the steps, with what goes with them: all of it, or nothing.

        The page of the next thing to do follows; `then` gives another, such as one
        with a code.
        """
        case, seen = self.look.case, self.form.version.data or 0
        try:
            with transactions.writing() as action:
                every = [*acts, *(besides(action) if besides else ())]
                progress = record.take_steps(action, case.id, every, version=seen)
        except record.ChangedMeanwhileError:
            return self._again([CHANGED])
        except record.RefusedError as error:
            return self._again(error.reasons)
        except (DeliveryRefusedError, PackageError) as error:
            return self._again([str(error)])
        if then:
            return then()
        tell_once(this_page().say(told))
        return go(_onwards(self.look, progress))

    def _again(self, reasons: Iterable[str]) -> Response:
        newest = look(self.look.case.reference)
        again = Attempt(
            template=self.template, look=newest, form=self.form, values=self.values
        )
        return again.show(CONFLICT, reasons)


def _onwards(before: Look, progress: Progress) -> str:
    """After a thing on the list the page of the next one; else that of the case."""
    after = replace(before, opened=before.opened._replace(progress=progress))
    case = address_of(before.case.reference)
    listed = request.endpoint in {*navigation.PAGES.values(), *navigation.BESIDE}
    if after.next is None or not listed:
        return case
    page = navigation.page_of(after.next, before.case.reference)
    return urljoin(case, page) if page and page != request.path else case
