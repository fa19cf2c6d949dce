"""The places to search, all on one page: registers, mail, paper and more."""

from collections.abc import Iterator

from flask import request
from werkzeug.wrappers import Response
from wtforms import SelectField

from generator.languages import N_
from request_app.cases.plan import Task
from request_app.cases.rules import Act
from request_app.cases.steps import Searched
from request_app.staff.access import blueprint, least
from request_app.staff.acting import Attempt, CaseForm, posted
from request_app.staff.looking import Look, look
from request_app.store.values import Role
from request_app.web.fields import Choice

OPEN, FOUND, NOTHING = "open", "found", "nothing"
RESULTS = {
    OPEN: N_("Not searched yet"),
    FOUND: N_("Data were found"),
    NOTHING: N_("Nothing was found"),
}
FOUND_BY = {None: OPEN, True: FOUND, False: NOTHING}
MEANS = {result: found for found, result in FOUND_BY.items()}
UNCHANGED = N_("Nothing has been changed.")


@blueprint.route("/cases/<reference>/search", methods=["GET", "POST"])
@least(Role.HANDLER)
def search(reference: str) -> Response:
    """Note several places at once; each is a step of its own."""
    seen = look(reference)
    form = _form(seen)
    places = [
        (task, form[f"result_{number}"], form[f"owner_{number}"])
        for number, task in enumerate(seen.plan.tasks)
    ]
    attempt = Attempt(
        template="case/search", look=seen, form=form, values={"places": places}
    )
    if not posted():
        return attempt.show()
    if not form.validate():
        return attempt.refuse()
    acts = [Act(step=step) for step in _changed(seen, form)]
    return attempt.do(*acts) if acts else attempt.refuse([UNCHANGED])


def _form(seen: Look) -> CaseForm:
    """A result and an owner for each place, by its number: the plan of a case stays."""
    people = {"": N_("Nobody yet")} | seen.names

    class SearchForm(CaseForm):
        pass

    for number, task in enumerate(seen.plan.tasks):
        before = seen.progress.searches.get(task.id)
        result = Choice(
            task.label,
            choices=RESULTS,
            default=FOUND_BY[before.found] if before else OPEN,
        )
        owner = SelectField(
            N_("Who searches?"),
            choices=people,
            default=(before.owner if before else "") or "",
        )
        setattr(SearchForm, f"result_{number}", result)
        setattr(SearchForm, f"owner_{number}", owner)
    return SearchForm(request.form)


def _changed(seen: Look, form: CaseForm) -> Iterator[Searched]:
    for number, task in enumerate(seen.plan.tasks):
        step = Searched(
            place=task.id,
            found=MEANS.get(form[f"result_{number}"].data),
            owner=form[f"owner_{number}"].data or None,
        )
        if step != seen.progress.searches.get(task.id, _untouched(task)):
            yield step


def _untouched(task: Task) -> Searched:
    return Searched(place=task.id)
