"""The form for the decision about one group of data.

It offers only outcomes that are lawful for the right: an objection to direct marketing
and a withdrawal of consent cannot be refused (GDPR Art. 21(3), 7(3)).
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField

from generator.languages import N_
from request_app.cases.decision.outcome import WordedDecision
from request_app.cases.grounds import REFUSALS, refusals_of
from request_app.cases.notice.data_groups import PART, takes_data
from request_app.cases.notice.wording import in_language
from request_app.cases.rights import BY_REGISTER, DONE_IN_WORDS, Outcome
from request_app.cases.steps.decision import WHOLE, Decided, Undecided
from request_app.cases.steps.decision_requirements import ABOUT, missing
from request_app.cases.steps.facts import Decision, Words
from request_app.cases.steps.step import ProposedStep
from request_app.desk.shell import days, labels
from request_app.desk.shell.forms import Filled
from request_app.store.values import AT_ONCE, Right
from request_app.web.fields import Choice, Line, Lines

Gettext = Callable[[str], str]

# Which fields belong to which outcome; the others are left behind.
FIELDS: Mapping[Outcome, tuple[str, ...]] = {
    Outcome.GRANTED: ("data", "done"),
    Outcome.REFUSED: ("data", "facts", "provision", "kept_until"),
    Outcome.NO_DATA: (),
    Outcome.NOT_IDENTIFIED: ("facts",),
    Outcome.PASSED_ON: ("controller",),
    Outcome.CANCELLED: (),
}
VALUES = ("old", "new")
WITH_DAY = frozenset({Outcome.GRANTED, Outcome.PASSED_ON})

WHAT_WAS_DONE = {
    Right.ACCESS: N_("What does the person get, and in what form? (optional)"),
    Right.HUMAN_REVIEW: N_("What was done, and what came of it?"),
    Right.OTHER: N_("What was done, and what came of it?"),
}
WHEN = {
    Right.ACCESS: N_("On which day were the data taken out?"),
    Right.PORTABILITY: N_("On which day are they given?"),
    Right.MARKETING: N_("From which day?"),
    Right.WITHDRAWAL: N_("From which day?"),
}
# In the tense of what can be chosen below it.
ASKS = {
    Right.ACCESS: N_("Does the person get these data?"),
    Right.PORTABILITY: N_("Does the person get these data?"),
}
NO_DAY = N_("Write the day in the form 20.11.2026.")
NOT_OFFERED = N_("Choose one of these.")
TAKEN_BACK = N_("Take this decision back: it is open again")


class Group(Filled):
    """The form of one group: a register, an item to rectify, all data, or a part."""

    outcome = Choice(N_("What has been done with this?"), default="")
    on = Line(N_("On which day was it done?"))
    data = Lines(
        N_("Which data, if not all?"),
        description=N_("The person reads this, for example: invoices 2022–2026"),
    )
    done = Lines(N_("What was done? (optional)"))
    old = Lines(N_("The data were"))
    new = Lines(N_("The data are now"))
    ground = Choice(N_("On what ground?"), default="")
    facts = Lines(
        N_("The reason, in the facts of this case"),
        description=N_("The person reads this. Repeating the law is not a reason."),
    )
    provision = Line(
        N_("Act and section"),
        description=N_("Only where the ground rests on another act."),
    )
    kept_until = Line(
        N_("Until when are the data kept?"),
        description=N_("A day, or what decides it."),
    )
    controller = Line(N_("The name of that controller"))
    taken_back = BooleanField(N_("Take this part away again"))

    def set_up(self, right: Right, key: str, *, cancelled: bool, language: str) -> None:
        self.right, self.key = right, key
        if not self.is_part:
            self.taken_back.label.text = TAKEN_BACK
        if right in BY_REGISTER:
            self.data.label.text = N_("Which data?")
        self.outcome.choices = dict(offered(right, cancelled=cancelled))
        self.outcome.label.text = ASKS.get(right, self.outcome.label.text)
        self.on.label.text = WHEN.get(right, self.on.label.text)
        self.done.label.text = WHAT_WAS_DONE.get(right, self.done.label.text)
        self.ground.choices = {
            each.id: in_language(each.name, language) for each in refusals_of(right)
        }

    @property
    def is_open(self) -> bool:
        """Whether the rarely needed fields are shown unfolded."""
        needed = self.is_part or self.right in DONE_IN_WORDS
        return needed or any(
            each.data or each.errors for each in (self.data, self.done)
        )

    @property
    def is_part(self) -> bool:
        return PART in self.key

    @property
    def tells_data(self) -> bool:
        """Whether it says which data; what was said before is shown to be mended."""
        if self.right is Right.RECTIFICATION:
            return False
        return takes_data(self.right, self.key) or bool(self.data.data)

    @property
    def chosen(self) -> Outcome | None:
        found = self.outcome.data
        return Outcome(found) if found in self.outcome.choices else None

    def check(self, about: str, gettext: Gettext) -> None:
        """Report missing values at their fields."""
        self.validate()
        outcome = self.chosen
        if outcome is None:
            if self.outcome.data:
                self.refuse("outcome", NOT_OFFERED)
            return
        if outcome in WITH_DAY and days.read_day(self.on.data) is None:
            self.refuse("on", NO_DAY)
            return
        step, words = self.said(date.min)
        if words.get("data") and not takes_data(self.right, self.key):
            self.refuse("data", WHOLE)
        for name, lack in missing(step, words):
            self.refuse(name, gettext(ABOUT[lack]) % {"about": about})

    def said(self, today: date) -> tuple[Decided, Words]:
        """The decision with all its words."""
        outcome = self.chosen or Outcome.GRANTED
        step = Decided(
            right=self.right,
            group=self.key,
            outcome=outcome,
            on=(days.read_day(self.on.data) if outcome in WITH_DAY else None) or today,
            ground=self._ground(outcome),
        )
        return step, {**self._words(outcome), **self._values(outcome)}

    def act(self, today: date, before: WordedDecision | None) -> ProposedStep | None:
        """The step to take, or none if nothing has changed."""
        if self.taken_back.data:
            undecided = Undecided(right=self.right, group=self.key)
            return ProposedStep(step=undecided) if before else None
        outcome = self.chosen
        if outcome is None:
            return None
        step, words = self.said(today)
        if before and _is_same(before.decision, step):
            if before.words == words:
                return None
            if _data_told(before.words) == _data_told(words):
                same = {"on": before.decision.on, "reworded": True}
                step = step.model_copy(update=same)
        return ProposedStep(
            step=step, words=self._words(outcome), values=self._values(outcome)
        )

    def fill(self, before: WordedDecision) -> None:
        """Fill in the present decision, to be reviewed or changed."""
        step, words = before
        self.outcome.data = step.outcome.value
        self.on.data = days.write_day(step.on)
        self.ground.data = step.ground or ""
        for name in (*VALUES, *(each for of in FIELDS.values() for each in of)):
            self[name].data = words.get(name, "")

    def _ground(self, outcome: Outcome) -> str | None:
        if outcome is not Outcome.REFUSED:
            return None
        return self.ground.data if self.ground.data in REFUSALS else None

    def _words(self, outcome: Outcome) -> dict[str, str]:
        return {name: self[name].data for name in FIELDS[outcome] if self[name].data}

    def _values(self, outcome: Outcome) -> dict[str, str]:
        """Old and new values, sealed separately because they are deleted earlier."""
        if self.right is not Right.RECTIFICATION or outcome is not Outcome.GRANTED:
            return {}
        return {name: self[name].data for name in VALUES if self[name].data}


def offered(right: Right, *, cancelled: bool) -> Iterable[tuple[str, str]]:
    """The possible outcomes for a right, with their labels."""
    yield Outcome.GRANTED.value, labels.DONE[right]
    if right in labels.NOT_DONE:
        yield Outcome.REFUSED.value, labels.NOT_DONE[right]
    for outcome, label in labels.OFFERED.items():
        if outcome is Outcome.CANCELLED and not cancelled:
            continue
        if right in AT_ONCE and outcome not in {Outcome.NO_DATA, Outcome.CANCELLED}:
            continue
        yield outcome.value, label


def new_group(
    posted: MultiDict[str, str] | None,
    right: Right,
    key: str,
    *,
    cancelled: bool,
    language: str,
) -> Group:
    group = Group(posted, prefix=key.replace(PART, ".") + "-")
    group.set_up(right, key, cancelled=cancelled, language=language)
    return group


def _is_same(before: Decision, now: Decision) -> bool:
    """Compare two decisions; the day counts only for outcomes that ask for it."""
    on = now.on if now.outcome in WITH_DAY else before.on
    return before == now.model_copy(update={"on": on, "reworded": before.reworded})


def _data_told(words: Words) -> list[str]:
    """The data of which recipients are notified; other data are another change."""
    return [words.get(name, "") for name in ("data", *VALUES)]
