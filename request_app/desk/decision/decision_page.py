"""The page for deciding on one right: all groups of data, saved together.

A partial grant is decided group by group, and a register can be split into parts, such
as everything but the invoices. Until the answer is sent, a new decision replaces the
earlier one.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import NamedTuple

from flask import abort, request
from werkzeug.wrappers import Response

from generator.languages import N_
from request_app.cases.decision.outcome import WordedDecision, decided, search_notes
from request_app.cases.grounds import RefusalGround, refusals_of
from request_app.cases.lifecycle.next_steps import unsearched
from request_app.cases.notice import names, plan, wording
from request_app.cases.notice.data_groups import ALL, ITEM, PART, places_to_decide
from request_app.cases.notice.hints import Hint, KeptByLaw, kept_by_law
from request_app.cases.rights import BY_REGISTER, GIVES_DATA, NEEDS_IDENTITY, Outcome
from request_app.cases.steps.decision import Decided, is_copied
from request_app.cases.steps.restriction import RestrictionSet
from request_app.cases.steps.step import ProposedStep
from request_app.desk.case import case_view, request_summary, step_page
from request_app.desk.decision.decision_form import Group, new_group
from request_app.desk.shell import access, days, labels
from request_app.desk.shell.case_form import CaseForm, posted
from request_app.desk.shell.page import this_page
from request_app.store.values import Right, Role

MOST_GROUPS = 30
NOTHING = N_("Decide on at least one of these.")
_PART = re.compile(r"#[2-9]")


@dataclass(frozen=True, kw_only=True)
class GroupOnPage:
    """A group as the page shows it."""

    form: Group
    label: str
    asked: request_summary.Correction | None  # an item: as it is and as it should be
    searched: bool | None  # what a search of the register found
    hints: list[Hint]
    retention: plan.Retention | None
    decided: bool
    more: str  # the key of another part, where there can be one
    kept: list[tuple[int, KeptByLaw]]  # what a law orders to keep; none is decided yet


class Ground(NamedTuple):
    """A ground for refusal, as staff see it."""

    name: str
    hint: str
    source: str


@access.blueprint.route("/cases/<reference>/decide/<right>", methods=["GET", "POST"])
@access.least(Role.HANDLER)
def decide(reference: str, right: str) -> Response:
    asked_for, view = _right(right), case_view.open_case_view(reference)
    if asked_for not in view.progress.rights:
        abort(HTTPStatus.NOT_FOUND)
    page = _Deciding(view, asked_for)
    form_page = page.form_page()
    if not posted():
        return form_page.show()
    if request.form.get("go", "").startswith("part"):
        return form_page.show()
    if not page.check():
        return form_page.refuse()
    acts = page.acts()
    if not acts and not page.before:
        return form_page.refuse([NOTHING])
    return form_page.do(*acts)


def _right(name: str) -> Right:
    try:
        return Right(name)
    except ValueError:
        abort(HTTPStatus.NOT_FOUND)


class DecideForm(CaseForm):
    """The forms of all groups, whose faults are listed at the top of the page."""

    groups: list[Group]

    @property
    def faults(self) -> Iterator[tuple[str, str]]:
        for group in self.groups:
            yield from group.faults


class _Deciding:
    def __init__(self, view: case_view.CaseView, right: Right) -> None:
        self.view, self.right = view, right
        self.page = this_page()
        self.before: Mapping[str, WordedDecision] = decided(view.opened, right)
        self.words = search_notes(view.opened)
        self.unsearched = (
            unsearched(view.progress, view.plan) if right in NEEDS_IDENTITY else []
        )
        # the button for another part: its key, and what of the notice is to fill it
        _, _, button = request.form.get("go", "").partition(":")
        self.new, _, self.ready = button.partition(":")
        self.form = DecideForm(request.form if posted() else None)
        self.form.groups = [self._group(key) for key in self._keys()]

    def form_page(self) -> step_page.CaseFormPage:
        values: dict[str, object] = {
            "rights": labels.RIGHTS,
            "right": self.right,
            "groups": [self._shown(each) for each in self.form.groups],
            "asked": list(
                request_summary.asked_of_right(
                    self.view.opened, self.right, self.page.gettext
                )
            ),
            "hints": [each for each in self._hints() if each.register is None],
            "grounds": [self._told(each) for each in refusals_of(self.right)],
            "naming": [
                each.id for each in refusals_of(self.right) if each.asks_provision
            ],
            "unsearched": self.unsearched,
            "copy_first": self._copy_first(),
        }
        return step_page.CaseFormPage(
            template="decision/decide", view=self.view, form=self.form, values=values
        )

    def check(self) -> bool:
        for group in self.form.groups:
            if not group.taken_back.data:
                group.check(self._label(group.key), self.page.gettext)
        return not list(self.form.faults)

    def acts(self) -> list[ProposedStep]:
        """One step for each group that changed; a restriction is set with it."""
        today = self.view.today
        made = [
            group.act(today, self.before.get(group.key)) for group in self.form.groups
        ]
        acts = [each for each in made if each]
        restricted = [
            each.step.on
            for each in acts
            if isinstance(each.step, Decided)
            and each.step.right is Right.RESTRICTION
            and each.step.outcome is Outcome.GRANTED
        ]
        if restricted and not self.view.progress.restriction:
            acts.append(ProposedStep(step=RestrictionSet(on=min(restricted))))
        return acts

    def _keys(self) -> list[str]:
        """The groups: those of the request, the parts decided on, and a new one."""
        whole = list(self._whole())
        known = set(whole)
        sent = request.form.getlist("group") if posted() else []
        keys = [*whole, *self.before, *sent, *([self.new] if self.new else [])]
        found = dict.fromkeys(
            key
            for key in keys
            if key in self.before or key in known or _is_part(key, known)
        )
        order = {key: number for number, key in enumerate(whole)}
        most = len(order)
        return sorted(
            list(found)[:MOST_GROUPS],
            key=lambda key: (order.get(key.partition(PART)[0], most), key),
        )

    def _whole(self) -> Iterator[str]:
        """Registers, items to correct, or simply all."""
        if self.right is Right.RECTIFICATION:
            count = max(1, len(request_summary.corrections(self.view.opened)))
            yield from (f"{ITEM}{number}" for number in range(1, count + 1))
            return
        view, groups = self.view, []
        if self.right in BY_REGISTER:
            searches = view.progress.searches.items()
            found = {place: each.found for place, each in searches}
            asked = view.opened.registers
            groups = list(places_to_decide(view.case, asked, view.kept, found))
        yield from groups or [ALL]

    def _group(self, key: str) -> Group:
        """What was typed for a group, or what is known of it already."""
        was_shown = posted() and key in request.form.getlist("group")
        group = new_group(
            request.form if was_shown else None,
            self.right,
            key,
            cancelled=self.view.case.cancelled_at is not None,
            language=self.page.language,
        )
        if not was_shown:
            self._begin(group)
        return group

    def _begin(self, group: Group) -> None:
        before = self.before.get(group.key)
        if before:
            group.fill(before)
            return
        group.on.data = days.write_day(self.view.today)
        if not group.is_part:
            if group.tells_data:
                group.data.data = self.words.get(group.key, "")
            group.outcome.data = self._likely(group.key)
        elif group.key == self.new:
            self._make_ready(group)
        item = self._item(group.key)
        if item:
            group.old.data, group.new.data = item.now, item.right

    def _likely(self, key: str) -> str:
        """The outcome that the search suggests; none if it needs weighing.

        One decision makes a right decided: half a page must not be saved by mistake.
        """
        found = None if self.unsearched else self._searched(key)
        if found is False:
            return Outcome.NO_DATA.value
        return Outcome.GRANTED.value if found and self.right in GIVES_DATA else ""

    def _make_ready(self, group: Group) -> None:
        """Data that the law orders to keep; the reason in this case is for staff."""
        for number, law in self._kept_by_law(group.key):
            if self.ready == str(number):
                group.outcome.data = Outcome.REFUSED.value
                group.data.data, group.ground.data = law.data, law.ground
                group.provision.data, group.kept_until.data = law.provision, law.until

    def _kept_by_law(self, key: str) -> list[tuple[int, KeptByLaw]]:
        """In the language of the letter, which it is written into."""
        register = self.view.kept.register(key.partition(PART)[0])
        if self.right is not Right.ERASURE or register is None:
            return []
        return list(enumerate(kept_by_law(register, self.view.facts.language)))

    def _copy_first(self) -> bool:
        """Whether access is to be decided before erasure (EDPB 01/2022, example 6)."""
        progress, groups = self.view.progress, self.form.groups
        copied = all(is_copied(each.key, progress) for each in groups)
        return self.right is Right.ERASURE and not copied

    def _shown(self, group: Group) -> GroupOnPage:
        whole = group.key.partition(PART)[0]
        same = {
            each.key: each.data.data
            for each in self.form.groups
            if each.key.partition(PART)[0] == whole
        }
        free = (f"{whole}{PART}{number}" for number in range(2, 10))
        splits = self.right in BY_REGISTER and group.key == max(same)
        return GroupOnPage(
            form=group,
            label=self._label(group.key),
            asked=self._item(group.key),
            searched=self._searched(group.key),
            hints=[each for each in self._hints() if each.register == whole],
            retention=next(
                (each for each in self.view.plan.retention if each.register == whole),
                None,
            ),
            decided=group.key in self.before,
            more=next((key for key in free if key not in same), "") if splits else "",
            kept=[
                (number, law)
                for number, law in self._kept_by_law(group.key)
                if law.data not in same.values()
            ],
        )

    def _label(self, key: str) -> str:
        name = names.group_name(key, self.view.kept, self.page.language)
        if PART not in key:
            return name
        return self.page.gettext(N_("%(name)s, a part of it")) % {"name": name}

    def _item(self, key: str) -> request_summary.Correction | None:
        number = key.partition(PART)[0].removeprefix(ITEM)
        found = request_summary.corrections(self.view.opened)
        if self.right is Right.RECTIFICATION and number.isdecimal():
            return found[int(number) - 1] if 0 < int(number) <= len(found) else None
        return None

    def _searched(self, key: str) -> bool | None:
        found = self.view.progress.searches.get(key.partition(PART)[0])
        return found.found if found else None

    def _hints(self) -> list[Hint]:
        return [each for each in self.view.plan.hints if each.right is self.right]

    def _told(self, ground: RefusalGround) -> Ground:
        language = self.page.language
        # where staff write the provision themselves, there is none to show
        article = None if ground.names_provision else ground.provision_of(self.right)
        return Ground(
            name=wording.in_language(ground.name, language),
            hint=wording.in_language(ground.hint, language),
            source="; ".join(
                wording.in_language(each, language)
                for each in (article, ground.source)
                if each
            ),
        )


def _is_part(key: str, known: set[str]) -> bool:
    whole, part, number = key.partition(PART)
    return whole in known and bool(_PART.fullmatch(part + number))
