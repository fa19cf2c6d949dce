"""The page for recording the search of registers, mail, paper and other places."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import request, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField, Field, SelectField

from generator.languages import N_
from request_app.cases.decision.outcome import search_notes
from request_app.cases.notice.plan import SearchTask
from request_app.cases.steps.search import Searched
from request_app.cases.steps.step import ProposedStep
from request_app.desk.case.case_view import CaseView, open_case_view
from request_app.desk.case.step_page import CaseFormPage, StepForm
from request_app.desk.shell import access
from request_app.desk.shell.case_form import posted
from request_app.desk.shell.page import this_page
from request_app.store.values import Role
from request_app.web.fields import Choice, Line

FOUND, NOTHING, OPEN = "found", "nothing", "open"
RESULTS = {FOUND: N_("Data were found"), NOTHING: N_("Nothing was found")}
TAKEN_BACK = {OPEN: N_("Not searched")}
MEANS: Mapping[str, bool] = {FOUND: True, NOTHING: False}
SHOWS = {found: result for result, found in MEANS.items()}
UNCHANGED = N_("Choose for at least one place whether data were found.")
NO_WORDS = N_("Write what was found here.")
NO_RESULT = N_(
    "You wrote what was found here. Choose “Data were found”, or leave the words out."
)


@dataclass(frozen=True, kw_only=True)
class SearchPlace:
    """A place to search, as the page shows it."""

    task: SearchTask
    result: Field
    owner: Field
    what: Field | None  # outside the registers nothing else tells what there is

    @property
    def who(self) -> str:
        """The name of the person who searches it."""
        return str(self.owner.choices[self.owner.data or ""])


@access.blueprint.route("/cases/<reference>/search", methods=["GET", "POST"])
@access.least(Role.HANDLER)
def search(reference: str) -> Response:
    """Record the results of several places; each becomes a separate step."""
    page = _Searching(open_case_view(reference))
    form_page = page.form_page()
    if not posted():
        return form_page.show()
    if not page.check():
        return form_page.refuse()
    acts = list(page.acts())
    return form_page.do(*acts) if acts else form_page.refuse([UNCHANGED])


def place_on_search(view: CaseView, place: str) -> str:
    """The address of the search page, at this place if it is among those to search."""
    page = url_for("desk.search", reference=view.case.reference)
    places = [each.id for each in view.plan.tasks]
    return f"{page}#result_{places.index(place)}" if place in places else page


class _Searching:
    def __init__(self, view: CaseView) -> None:
        self.view = view
        self.before = view.progress.searches
        self.words = search_notes(view.opened)
        self.form = self._form()
        self.places = [
            self._place(number, task) for number, task in enumerate(view.plan.tasks)
        ]

    def form_page(self) -> CaseFormPage:
        elsewhere = [each for each in self.places if each.task.elsewhere]
        registers = [each for each in self.places if not each.task.elsewhere]
        values: dict[str, object] = {"registers": registers, "elsewhere": elsewhere}
        return CaseFormPage(
            template="search/search", view=self.view, form=self.form, values=values
        )

    def check(self) -> bool:
        """Report at the fields what is missing or contradicts the result."""
        sound = bool(self.form.validate())
        for each in self.places:
            if each.what is None:
                continue
            if each.result.data == FOUND and not each.what.data:
                each.what.errors = [*each.what.errors, NO_WORDS]
                sound = False
            new = each.what.data != self.words.get(each.task.id, "")
            if each.what.data and new and each.result.data != FOUND:
                each.result.errors = [*each.result.errors, NO_RESULT]
                sound = False
        return sound

    def acts(self) -> Iterator[ProposedStep]:
        """A step for each place whose result has changed."""
        for each in self.places:
            place = each.task.id
            found = MEANS.get(self._result(each))
            step = Searched(place=place, found=found, owner=each.owner.data or None)
            what = each.what.data if each.what and found else ""
            was = self.before.get(place) or Searched(place=place)
            same = (step.found, step.owner) == (was.found, self._owner(place))
            if not same or what != (self.words.get(place, "") if was.found else ""):
                yield ProposedStep(step=step, words={"what": what} if what else {})

    def _result(self, place: SearchPlace) -> str:
        """The chosen result; one tick answers for all open places outside registers.

        It does not answer for places assigned to a colleague.
        """
        ours = place.task.elsewhere and not place.owner.data
        ticked = self.form["rest"].data and ours
        return place.result.data or (NOTHING if ticked else OPEN)

    def _form(self) -> StepForm:
        """The form, with fields for each place by its number, which never changes."""

        class SearchForm(StepForm):
            rest = BooleanField(
                N_("Nothing was found anywhere else"),
                description=N_(
                    "Notes every place below of which nothing is chosen, but for those "
                    "given to a colleague. Tick this only when they have been searched."
                ),
            )

        for number, task in enumerate(self.view.plan.tasks):
            for name, field in self._fields(task):
                setattr(SearchForm, f"{name}_{number}", field)
        return SearchForm(request.form)

    def _fields(self, task: SearchTask) -> Iterator[tuple[str, Field]]:
        before = self.before.get(task.id)
        found = before.found if before else None
        saved = TAKEN_BACK if found is not None else {}
        result = SHOWS[found] if found is not None else None
        yield "result", Choice(task.label, choices=RESULTS | saved, default=result)
        yield (
            "owner",
            SelectField(
                N_("Who searches?"),
                choices=self._people(),
                default=self._owner(task.id) or "",
            ),
        )
        if task.elsewhere:
            words = self.words.get(task.id, "")
            yield (
                "what",
                Line(
                    N_("What was found?"),
                    description=N_(
                        "The person reads this, for example: e-mails of 3–9 March 2026"
                    ),
                    default=words,
                ),
            )

    def _people(self) -> Mapping[str, str]:
        """The staff to choose from; without a choice the case handler searches."""
        page, handler = this_page(), self.view.progress.handler
        others = {id_: name for id_, name in self.view.names.items() if id_ != handler}
        if handler is None:
            return {"": page.gettext(N_("Nobody yet"))} | others
        ours = page.gettext(N_("%(name)s (case handler)"))
        return {"": ours % {"name": self.view.names.get(handler, handler)}} | others

    def _owner(self, place: str) -> str | None:
        before = self.before.get(place)
        owner = before.owner if before else None
        return owner if owner != self.view.progress.handler else None

    def _place(self, number: int, task: SearchTask) -> SearchPlace:
        return SearchPlace(
            task=task,
            result=self.form[f"result_{number}"],
            owner=self.form[f"owner_{number}"],
            what=self.form[f"what_{number}"] if task.elsewhere else None,
        )
