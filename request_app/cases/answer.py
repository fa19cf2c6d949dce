"""The answer to a request, computed from what was decided: GDPR Art. 12(3)–(4).

    case = Handled(
        decisions=[(Decided(…), words), …],   # words: facts, kept_until, provision,
                                              # data, done, old, new, controller
        searches=[Searched(…), …],
        recipients=[(RecipientSettled(…), words), …],   # words: name, why
        restricted_on=None,                   # the day of RestrictionSet
        words={"own_words": …, "access_information": …, "request_times": …},
    )
    letter = answer(facts, case)
    stops = list(answer_faults(facts, case, letter))   # empty: it may be sent

Granted in part within one register takes two decisions: on “members” and, with the
words `data` saying which, on “members#2”. Deciding again takes the place of what was
decided before, so steps may be handed over as they are, the oldest first. What is
missing stands in the letter as a prompt, and `answer_faults` names the field.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from generator.content.model import Register
from generator.languages import N_
from request_app.cases.grounds import REFUSALS, REMEDY, Refusal
from request_app.cases.information import access_information
from request_app.cases.letters import (
    MESSAGES,
    Facts,
    Fault,
    Letter,
    Section,
    complaint,
    contact,
    faults,
    head,
    listed,
    prompt,
)
from request_app.cases.plan import (
    CHANGES,
    Recipient,
    concerned_registers,
    place_name,
    recipients_of,
)
from request_app.cases.said import name_of, own_register, said, time_of
from request_app.cases.steps import (
    PART,
    Decided,
    Outcome,
    RecipientSettled,
    Searched,
    WhyNotTold,
    Words,
)
from request_app.store.values import AT_ONCE, LetterKind, Right

ALL = "all"
ITEM = "item-"
NOT_DONE = frozenset({Outcome.REFUSED, Outcome.NOT_IDENTIFIED})

Said = tuple[Decided, Words]


@dataclass(frozen=True, kw_only=True)
class Handled:
    """What has been done in a case, as its steps tell it."""

    decisions: Sequence[Said] = field(repr=False)
    searches: Sequence[Searched] = ()
    recipients: Sequence[tuple[RecipientSettled, Words]] = field(default=(), repr=False)
    restricted_on: date | None = None
    words: Words = field(default_factory=dict, repr=False)

    @property
    def standing(self) -> list[Said]:
        """The decisions that stand: one a right and group, the last one."""
        found: dict[tuple[Right, str], Said] = {}
        for each, words in self.decisions:
            found[each.right, each.group] = (each, words)
        by_right = list(Right)
        return sorted(found.values(), key=lambda said: by_right.index(said[0].right))

    @property
    def settled(self) -> dict[str, tuple[RecipientSettled, Words]]:
        return {each.recipient: (each, words) for each, words in self.recipients}

    @property
    def found(self) -> dict[str, bool | None]:
        """What became of each place to search, the last word on it."""
        return {each.place: each.found for each in self.searches}

    def of(self, *outcomes: Outcome) -> list[Said]:
        return [each for each in self.standing if each[0].outcome in outcomes]

    @property
    def changes(self) -> bool:
        """Whether something changed of which recipients are told: GDPR Art. 19."""
        return self.restricted_on is not None or any(
            each.right in CHANGES
            and (each.outcome is Outcome.GRANTED or _adds_statement(each))
            for each, _ in self.standing
        )


class Result(StrEnum):
    """What became of a request, or of one right of it, as a whole."""

    GRANTED = "granted"
    IN_PART = "in-part"
    REFUSED = "refused"
    NOTHING_THERE = "nothing-there"  # no data; passed on; cancelled


def result(decisions: Sequence[Said], right: Right | None = None) -> Result:
    """Granted in part is computed: some groups of data were granted and some not."""
    outcomes = {each.outcome for each, _ in decisions if right in {None, each.right}}
    granted, refused = Outcome.GRANTED in outcomes, bool(outcomes & NOT_DONE)
    if granted and refused:
        return Result.IN_PART
    if refused:
        return Result.REFUSED
    return Result.GRANTED if granted else Result.NOTHING_THERE


def answer(facts: Facts, handled: Handled) -> Letter:
    """Write the answer; what is not editable is computed or law."""
    parts = _Answer(facts, handled)
    return Letter(
        LetterKind.ANSWER,
        facts.language,
        facts.gettext("Answer to your request"),
        (head(facts), *parts.sections(), contact(facts)),
    )


class _Answer:
    """The sections of one answer, in the order in which they are read."""

    def __init__(self, facts: Facts, handled: Handled) -> None:
        self.facts = facts
        self.handled = handled
        self._ = facts.gettext
        self.language = facts.language

    def sections(self) -> Iterator[Section]:
        yield from self.late()
        yield self.asked()
        yield from self.summary()
        yield from self.done()
        yield from self.no_data()
        yield from self.not_done()
        yield from self.not_identified()
        yield from self.not_ours()
        yield from self.told()
        yield from self.still_kept()
        yield from self.information()
        yield from self.own_words()
        yield complaint(self.facts)
        yield from self.to_ombudsman()

    def late(self) -> Iterator[Section]:
        if self.facts.today > self.facts.last_day:
            yield Section("late", "", self._("Our answer is late. We apologise."))

    def asked(self) -> Section:
        """When, what and of which data (ui: “Pyysit …:”)."""
        received = self.facts.date(self.facts.case.received_on)
        rights = sorted(self.facts.rights, key=list(Right).index)
        text = listed(self._(ASKED[right]) for right in rights)
        heading = self._("On %(day)s you asked:") % {"day": received}
        return Section("asked", heading, f"{text}\n{self._scope()}")

    def _scope(self) -> str:
        case = self.facts.case
        if case.all_data or not self.facts.registers:
            return self._("The request is about all your data.")
        registers = concerned_registers(case, self.facts.registers, self.facts.kept)
        names = listed(name_of(each, self.language) for each in registers)
        return "{}\n{}".format(self._("The request is about these registers:"), names)

    def summary(self) -> Iterator[Section]:
        whole = result(self.handled.standing)
        if whole is Result.IN_PART:
            text = self._("We did a part of what you asked, and not all of it.")
            yield Section("summary", "", text)
        elif whole is Result.REFUSED and self.handled.of(Outcome.REFUSED):
            text = self._("We can’t do what you asked. The reasons are below.")
            yield Section("summary", "", text)

    def done(self) -> Iterator[Section]:
        lines = [
            self._done(each, words) for each, words in self.handled.of(Outcome.GRANTED)
        ]
        on = self.handled.restricted_on
        granted = {each.right for each, _ in self.handled.of(Outcome.GRANTED)}
        if on and Right.RESTRICTION not in granted:
            lines.append(self._(DONE[Right.RESTRICTION]) % {"day": self.facts.date(on)})
        if self.handled.of(Outcome.CANCELLED):
            lines.append(
                self._("You have cancelled your request, so we do no more about it.")
            )
        if lines:
            yield Section("done", self._("What we did"), listed(lines))

    def _done(self, each: Decided, words: Words) -> str:
        """One right for one group: what, on which day."""
        when = self.facts.case.received_on if each.right is Right.ACCESS else each.on
        text = self._(DONE[each.right]) % {"day": self.facts.date(when)}
        lines = [text]
        if each.right is Right.RECTIFICATION:
            lines += [
                self._("The data were: “%(old)s”")
                % {"old": self._word(words, "old", N_("the data as they were"))},
                self._("The data are now: “%(new)s”")
                % {"new": self._word(words, "new", N_("the data as they are now"))},
            ]
        elif whole_of(each) != ALL or words.get("data"):
            lines.append(self._label(each, words))
        if self._refused_in_part(each):
            lines.append(self._("All but what is listed below."))
        if done := words.get("done", "").strip():
            lines.append(done)
        elif each.right in DONE_IN_WORDS:
            lines.append(prompt(self._("what was done and what came of it")))
        return "\n  ".join(lines)

    def _refused_in_part(self, granted: Decided) -> bool:
        """Whether a part of the same data was refused, by the same right."""
        return any(
            each.right is granted.right and whole_of(each) == whole_of(granted)
            for each, _ in self.handled.of(Outcome.REFUSED)
        )

    def not_done(self) -> Iterator[Section]:
        refused = self.handled.of(Outcome.REFUSED)
        rights = list(dict.fromkeys(each.right for each, _ in refused))
        blocks = []
        for right in rights:
            blocks.append(self._(NOT_DONE_LEAD[right]))
            blocks += [
                self._refused(each, words)
                for each, words in refused
                if each.right is right
            ]
        if blocks:
            heading = self._("What we did not do")
            yield Section("not_done", heading, "\n\n".join(blocks))

    def _refused(self, each: Decided, words: Words) -> str:
        """Data, reason in the facts of this case, provision, and how long kept."""
        ground = REFUSALS.get(each.ground or "")
        lines = [
            self._label(each, words, data=True),
            self._("Reason: %(reason)s") % {"reason": self._reason(ground, words)},
            self._("Provision: %(provision)s")
            % {"provision": self._provision(ground, each, words)},
        ]
        if each.right is Right.ERASURE or words.get("kept_until"):
            until = self._word(
                words, "kept_until", N_("until when, or what decides it")
            )
            lines.append(self._("We keep the data: %(until)s") % {"until": until})
        return "\n".join(lines)

    def _reason(self, ground: Refusal | None, words: Words) -> str:
        own = self._word(words, "facts", N_("the facts of this case"))
        lead = said(ground.lead, self.language) if ground else ""
        return f"{lead} {own}".strip()

    def _provision(self, ground: Refusal | None, each: Decided, words: Words) -> str:
        """The article of the ground, and the other act that staff name beside it."""
        if ground is None or ground.names_provision:
            return self._word(words, "provision", N_("act and section"))
        article = said(ground.provision_of(each.right), self.language)
        return "; ".join(filter(None, (article, words.get("provision", "").strip())))

    def not_identified(self) -> Iterator[Section]:
        """GDPR Art. 12(2), 11(2): and what would still help."""
        found = self.handled.of(Outcome.NOT_IDENTIFIED)
        if not found:
            return
        ground = REFUSALS["not_identified"]
        reasons = dict.fromkeys(
            self._word(words, "facts", N_("the facts of this case"))
            for _each, words in found
        )
        yield Section(
            "not_identified",
            self._("Whose request it is"),
            "\n".join(
                [
                    said(ground.lead, self.language),
                    *reasons,
                    self._("Provision: %(provision)s")
                    % {"provision": said(ground.provision, self.language)},
                    self._("You can still tell us more, or make a new request."),
                ]
            ),
        )

    def no_data(self) -> Iterator[Section]:
        """Where we looked; that too is an answer: GDPR Art. 15(1)."""
        found = self.handled.of(Outcome.NO_DATA)
        if not found:
            return
        searched = self.handled.found
        of = {whole_of(each) for each, _ in found}
        if self.none_at_all():
            places = list(searched)
        else:
            places = [place for place in searched if place in of or ALL in of]
        names = [place_name(each, self.facts.kept, self.language) for each in places]
        lines = [
            self._("We searched for your data in these registers and places:"),
            listed(names or [prompt(self._("the places searched"))]),
            self._("We found no data about you there."),
        ]
        yield Section("no_data", self._("We found no data"), "\n".join(lines))

    def none_at_all(self) -> bool:
        decided = {each.outcome for each, _ in self.handled.standing}
        return decided == {Outcome.NO_DATA}

    def not_ours(self) -> Iterator[Section]:
        """We process on behalf of another: who it is, and when they were told."""
        found = self.handled.of(Outcome.PASSED_ON)
        blocks = []
        for each, words in found:
            name = self._word(words, "controller", N_("the name of the controller"))
            lines = [] if whole_of(each) == ALL else [self._label(each, words)]
            lines += [
                self._("We process these data on behalf of another controller."),
                self._("Controller: %(name)s") % {"name": name},
                self._("We passed your request on: %(day)s")
                % {"day": self.facts.day(each.on)},
            ]
            blocks.append("\n".join(lines))
        if blocks:
            heading = self._("Data of another controller")
            yield Section("not_ours", heading, "\n\n".join(dict.fromkeys(blocks)))

    def told(self) -> Iterator[Section]:
        """Who knows of the change: GDPR Art. 19."""
        if not self.handled.changes:
            return
        lines = [
            self._recipient(each) for each in self.recipients() if self._has_it(each)
        ]
        text = listed(lines) if lines else self._nobody()
        yield Section("told", self._("Whom we told of the change"), text)

    def _nobody(self) -> str:
        if any(step.unchanged for step, _ in self.handled.settled.values()):
            return self._("Nobody: these data have not been given to anyone.")
        return self._("Nobody: your data have not been given to anyone.")

    def recipients(self) -> tuple[Recipient, ...]:
        """Those of the registers in which something changed."""
        changed = {
            whole_of(each)
            for each, _ in self.handled.standing
            if each.right in CHANGES
            and (each.outcome is Outcome.GRANTED or _adds_statement(each))
        }
        registers = self._registers()
        own = own_register(self.facts.kept)
        known = {register.id for register in registers}
        if changed <= known and not self.handled.restricted_on:
            registers = tuple(each for each in registers if each.id in changed)
        else:  # nobody asks to change the requests themselves
            registers = tuple(each for each in registers if each is not own)
        of_registers = recipients_of(registers, self.language)
        return (*of_registers, *self._besides())

    def _registers(self) -> tuple[Register, ...]:
        """The registers asked about, but for those searched in vain."""
        facts, found = self.facts, self.handled.found
        registers = concerned_registers(facts.case, facts.registers, facts.kept)
        return tuple(each for each in registers if found.get(each.id) is not False)

    def _besides(self) -> Iterator[Recipient]:
        """Recipients that staff found and the notice does not know."""
        everyone = recipients_of(self.facts.kept.registers, self.language)
        known = {each.id for each in everyone}
        for recipient, (step, _) in self.handled.settled.items():
            if step.must_know and recipient not in known:
                yield Recipient(recipient, recipient, False, None, (), ())

    def _has_it(self, recipient: Recipient) -> bool:
        settled = self.handled.settled.get(recipient.id)
        return settled is None or settled[0].must_know

    def _recipient(self, recipient: Recipient) -> str:
        name = self.name_of(recipient)
        if not name:
            ask = prompt(self._("the name of this recipient"))
            name = f"{ask} ({recipient.label})"
        settled = self.handled.settled.get(recipient.id)
        if settled is None:
            ask = prompt(self._("whether it got the data, and when it was told"))
            return f"{name} {ask}"
        step, words = settled
        if step.told_on:
            return self._("%(name)s: told on %(day)s") % {
                "name": name,
                "day": self.facts.date(step.told_on),
            }
        if step.why_not:
            why = self._(NOT_TOLD[step.why_not]) % {"name": name}
            own = words.get("why", "").strip()
            return f"{why} {own}".strip()
        ask = prompt(self._("when it was told"))
        return f"{name} {ask}"

    def name_of(self, recipient: Recipient) -> str:
        _step, words = self.handled.settled.get(recipient.id, (None, {}))
        name = words.get("name", "").strip()
        return name or (recipient.label if recipient.named else "")

    def still_kept(self) -> Iterator[Section]:
        """What we keep although erasure was asked, or marketing stopped."""
        granted = {each.right for each, _ in self.handled.of(Outcome.GRANTED)}
        lines = []
        if Right.MARKETING in granted:
            lines.append(
                self._(
                    "We keep your address on a list of those who want no marketing, so "
                    "that we do not send you any again."
                )
            )
        if self.facts.rights & {Right.ERASURE, *AT_ONCE} or self.none_at_all():
            only = self._("We now keep only the data of this request:")
            of_request = self._("We keep the data of this request:")
            lines.append(only if self.none_at_all() else of_request)
            lines += [f"  {time}" for time in self._times_of_the_request()]
        if lines:
            heading = self._("What we still keep")
            text = "\n".join(line if line[0] == " " else f"- {line}" for line in lines)
            yield Section("still_kept", heading, text)

    def _times_of_the_request(self) -> list[str]:
        """By the notice’s own register of requests; no time is made up."""
        own = own_register(self.facts.kept)
        times = [
            time_of(each, self.language)
            for each in (own.retention if own else None) or ()
            if each.what in self._kept_of_the_request()
        ]
        if times:
            return times
        ask = N_("how long the data of requests are kept")
        return [self._word(self.handled.words, "request_times", ask)]

    def _kept_of_the_request(self) -> set[str]:
        granted = {each.right for each, _ in self.handled.of(Outcome.GRANTED)}
        given = {"delivered_package"} if granted & GIVEN else set()
        return {"messages_and_old_values", "case_and_letters", *given}

    def information(self) -> Iterator[Section]:
        """GDPR Art. 15(1)(a)–(h), 15(2): never withheld with the copy (¶172)."""
        access = [
            each
            for each, _ in self.handled.of(Outcome.GRANTED, Outcome.REFUSED)
            if each.right is Right.ACCESS and each.ground not in WITHHELD
        ]
        if not access:
            return
        given = self.handled.words.get("access_information", "").strip()
        yield Section(
            "access_information",
            self._("How we use your data"),
            given or self._draft({whole_of(each) for each in access}),
            editable=True,
        )

    def _draft(self, groups: set[str]) -> str:
        registers = self._registers()
        if ALL not in groups:
            registers = tuple(each for each in registers if each.id in groups)
        settled = self.handled.settled
        return access_information(
            self.facts.kept,
            registers,
            self.language,
            law=self.facts.law,
            got={each: step.got for each, (step, _) in settled.items()},
            names={each: words.get("name", "") for each, (_, words) in settled.items()},
        )

    def own_words(self) -> Iterator[Section]:
        text = self.handled.words.get("own_words", "").strip()
        yield Section("own_words", "", text, editable=True)

    def to_ombudsman(self) -> Iterator[Section]:
        """Tietosuojalaki 34 § 4 mom."""
        grounds = [REFUSALS.get(each.ground or "") for each, _ in self.handled.standing]
        if any(ground and ground.ombudsman_route for ground in grounds):
            text = said(REMEDY.to_ombudsman, self.language)
            law = said(REMEDY.to_ombudsman_law, self.language)
            yield Section("to_ombudsman", "", f"{text}\n{law}")

    def label(self, each: Decided, words: Words) -> str:
        """The group of data in words; staff may say it more closely."""
        return words.get("data", "").strip() or self._group(whole_of(each))

    def _label(self, each: Decided, words: Words, *, data: bool = False) -> str:
        closer = words.get("data", "").strip()
        group = whole_of(each)
        if closer or group == ALL or group.startswith(ITEM):
            text = self._("Data: %(data)s") % {"data": self.label(each, words)}
            register = self.facts.kept.register(group)
            if register is None:
                return text
            name = self._("Register: %(name)s") % {"name": self._group(group)}
            return f"{text}\n{name}" if data else f"{name}\n  {text}"
        return self._("Register: %(name)s") % {"name": self._group(group)}

    def _group(self, group: str) -> str:
        if group == ALL:
            return self._("all your data")
        if group.startswith(ITEM):
            return self._("item %(number)s of your request") % {
                "number": group.removeprefix(ITEM)
            }
        return place_name(group, self.facts.kept, self.language)

    def _word(self, words: Words, name: str, what: str) -> str:
        return words.get(name, "").strip() or prompt(self._(what))


def whole_of(each: Decided) -> str:
    """The register, item or “all” of which a decision is, or is a part of."""
    return each.group.partition(PART)[0]


def _adds_statement(each: Decided) -> bool:
    ground = REFUSALS.get(each.ground or "")
    return bool(ground and ground.adds_statement)


WITHHELD = frozenset({"exception_34", "unfounded", "excessive"})
GIVEN = frozenset({Right.ACCESS, Right.PORTABILITY})
BY_REGISTER = frozenset({Right.ACCESS, Right.ERASURE})
COMPUTED = frozenset(
    {"done", "not_done", "no_data", "not_identified", "not_ours", "told"}
)
DONE_IN_WORDS = frozenset({Right.HUMAN_REVIEW, Right.OTHER})

ASKED: Mapping[Right, str] = {
    Right.ACCESS: N_("to see your data"),
    Right.RECTIFICATION: N_("to have an error in your data corrected"),
    Right.ERASURE: N_("to have your data erased"),
    Right.RESTRICTION: N_("to have the use of your data restricted"),
    Right.PORTABILITY: N_("to get your data in a machine-readable form"),
    Right.OBJECTION: N_("to have the use of your data ended, because you object to it"),
    Right.MARKETING: N_("to have direct marketing stopped"),
    Right.WITHDRAWAL: N_("to withdraw your consent"),
    Right.HUMAN_REVIEW: N_("to have a person review an automated decision"),
    Right.OTHER: N_("something else, in your own words"),
}
DONE: Mapping[Right, str] = {
    Right.ACCESS: N_("We give you the data as they were on %(day)s."),
    Right.RECTIFICATION: N_("We corrected the data on %(day)s."),
    Right.ERASURE: N_("We erased the data on %(day)s."),
    Right.RESTRICTION: N_(
        "We restricted the use of the data on %(day)s. We tell you before the "
        "restriction ends."
    ),
    Right.PORTABILITY: N_(
        "We gave you the data in a machine-readable form on %(day)s."
    ),
    Right.OBJECTION: N_(
        "We stopped on %(day)s the use of the data to which you objected."
    ),
    Right.MARKETING: N_(
        "We stopped direct marketing to you on %(day)s. This takes effect at once."
    ),
    Right.WITHDRAWAL: N_(
        "We recorded on %(day)s that you withdrew your consent. This takes effect at "
        "once: we no longer use the data on the basis of your consent."
    ),
    Right.HUMAN_REVIEW: N_("A person reviewed the decision on %(day)s."),
    Right.OTHER: N_("We dealt with the matter on %(day)s."),
}
NOT_DONE_LEAD: Mapping[Right, str] = {
    Right.ACCESS: N_("We did not give you the following data:"),
    Right.RECTIFICATION: N_("We did not correct the following data:"),
    Right.ERASURE: N_("We did not erase the following data:"),
    Right.RESTRICTION: N_("We did not restrict the use of the following data:"),
    Right.PORTABILITY: N_(
        "We did not give you the following data in a machine-readable form:"
    ),
    Right.OBJECTION: N_("We did not stop the use of the following data:"),
    Right.MARKETING: N_("We did not stop the use of the following data:"),
    Right.WITHDRAWAL: N_("We did not stop the use of the following data:"),
    Right.HUMAN_REVIEW: N_("We did not have a person review this:"),
    Right.OTHER: N_("We did not do this:"),
}
NOT_TOLD: Mapping[WhyNotTold, str] = {
    WhyNotTold.IMPOSSIBLE: N_("%(name)s: not told, because that was impossible."),
    WhyNotTold.DISPROPORTIONATE: N_(
        "%(name)s: not told, because that would take disproportionate effort."
    ),
}

ANSWER_MESSAGES: Mapping[str, str] = {
    **MESSAGES,
    "undecided": N_("Nothing is decided yet on: %(about)s"),
    "not-asked": N_("The person did not ask for this: %(about)s"),
    "never-refused": N_("This is never refused: %(about)s"),
    "no-ground": N_("Choose the ground: %(about)s"),
    "wrong-ground": N_("This ground does not go with this right: %(about)s"),
    "no-facts": N_("Write the facts of this case: %(about)s"),
    "no-provision": N_("Write act and section: %(about)s"),
    "no-kept-until": N_("Write how long the data are kept: %(about)s"),
    "no-old-or-new": N_("Write the data before and after: %(about)s"),
    "no-outcome": N_("Write what was done: %(about)s"),
    "no-controller": N_("Write to whom the request was passed on: %(about)s"),
    "no-places": N_("Nothing is searched yet, so nothing can be said not to be there."),
    "still-searching": N_("This place is not searched yet: %(about)s"),
    "found": N_("Data were found here, and the answer says there are none: %(about)s"),
    "recipient-open": N_("Did this recipient get the data? %(about)s"),
    "recipient-untold": N_("Tell this recipient of the change: %(about)s"),
    "recipient-nameless": N_("Write the name of this recipient: %(about)s"),
    "recipient-why": N_("Write why this recipient was not told: %(about)s"),
    "nothing-attached": N_(
        "The answer gives data, and nothing is attached to it. Attach the files, or "
        "write the data in your own words."
    ),
    "erased-first": N_("Data were erased before they were given to the person."),
    "refusal-late": N_("A refusal is due within the first month, by: %(about)s"),
}


def answer_faults(
    facts: Facts, handled: Handled, letter: Letter | None = None
) -> Iterator[Fault]:
    """Tell all that keeps the answer from being sent; the letter is the edited one.

    A prompt in a computed part is told only once its field is no longer known to be
    empty: then it stands in what somebody wrote.
    """
    empty = list(_empty(facts, handled))
    yield from empty
    for fault in faults(letter or answer(facts, handled)):
        if not (empty and fault.place in COMPUTED):
            yield fault


def _empty(facts: Facts, handled: Handled) -> Iterator[Fault]:
    parts = _Answer(facts, handled)
    decided = {each.right for each, _ in handled.standing}
    for right in sorted(facts.rights - decided, key=list(Right).index):
        yield Fault("undecided", facts.gettext(ASKED[right]), right.value)
    yield from _undecided(facts, handled)
    for each, words in handled.standing:
        yield from decision_faults(each, words, parts.label(each, words))
    yield from _of_searches(facts, handled)
    if handled.changes:
        yield from _of_recipients(parts)


def _undecided(facts: Facts, handled: Handled) -> Iterator[Fault]:
    """Where groups are decided one by one, each register needs a word.

    The requests themselves need none: the letter says that and how long they are kept.
    """
    own = own_register(facts.kept)
    registers = concerned_registers(facts.case, facts.registers, facts.kept)
    for right in sorted(facts.rights & BY_REGISTER, key=list(Right).index):
        groups = {whole_of(each) for each, _ in handled.standing if each.right is right}
        for register in registers:
            if groups and not groups & {ALL, register.id} and register is not own:
                about = name_of(register, facts.language)
                yield Fault("undecided", about, f"{right.value}/{register.id}")


def warnings(facts: Facts, handled: Handled) -> Iterator[Fault]:
    """What is late or unusual and still may be sent.

    Art. 12(4) has no extension: a refusal after the first month is late. Who asks for
    both gets the data before they are erased (EDPB 01/2022, example 6).
    """
    if handled.of(*NOT_DONE) and facts.today > (facts.original_due or facts.case.due):
        yield Fault("refusal-late", facts.day(facts.case.due))
    if _erased_first(handled):
        yield Fault("erased-first")
    for right in sorted({each.right for each, _ in handled.standing} - facts.rights):
        yield Fault("not-asked", facts.gettext(ASKED[right]), right.value)


def _erased_first(handled: Handled) -> bool:
    granted = [each for each, _ in handled.of(Outcome.GRANTED)]
    return any(
        erased.right is Right.ERASURE
        and given.right is Right.ACCESS
        and erased.on < given.on
        for erased in granted
        for given in granted
    )


def decision_faults(each: Decided, words: Words, about: str) -> Iterator[Fault]:
    """Tell what one decision lacks before a letter can tell it."""
    place = f"{each.right.value}/{each.group}"
    for code, name in _missing(each, words):
        yield Fault(code, about, f"{place}/{name}")


def _missing(each: Decided, words: Words) -> Iterator[tuple[str, str]]:
    """The fields of a decision that are still empty."""

    def lacks(name: str) -> bool:
        return not words.get(name, "").strip()

    if each.outcome in NOT_DONE:
        yield from _missing_ground(each)
        ground = REFUSALS.get(each.ground or "")
        if (ground is None or ground.needs_justification) and lacks("facts"):
            yield "no-facts", "facts"
        if ground and ground.names_provision and lacks("provision"):
            yield "no-provision", "provision"
    refused = each.outcome is Outcome.REFUSED
    if each.right is Right.ERASURE and refused and lacks("kept_until"):
        yield "no-kept-until", "kept_until"
    if each.outcome is Outcome.PASSED_ON and lacks("controller"):
        yield "no-controller", "controller"
    if each.outcome is Outcome.GRANTED:
        if each.right is Right.RECTIFICATION and (lacks("old") or lacks("new")):
            yield "no-old-or-new", "new"
        if each.right in DONE_IN_WORDS and lacks("done"):
            yield "no-outcome", "done"


def _missing_ground(each: Decided) -> Iterator[tuple[str, str]]:
    ground = REFUSALS.get(each.ground or "")
    if each.right in AT_ONCE:
        yield "never-refused", "ground"
    elif ground is None:
        # who cannot be identified is refused on one ground only
        if each.outcome is Outcome.REFUSED:
            yield "no-ground", "ground"
    elif each.right not in ground.rights or ground.outcome is not each.outcome:
        yield "wrong-ground", "ground"


def _of_searches(facts: Facts, handled: Handled) -> Iterator[Fault]:
    no_data = {whole_of(each) for each, _ in handled.of(Outcome.NO_DATA)}
    if not no_data:
        return
    if not handled.searches:
        yield Fault("no-places")
    for place, found in handled.found.items():
        about = place_name(place, facts.kept, facts.language)
        concerned = place in no_data or ALL in no_data
        if found is None and concerned:
            yield Fault("still-searching", about, place)
        if found and concerned:
            yield Fault("found", about, place)


def _of_recipients(parts: _Answer) -> Iterator[Fault]:
    for recipient in parts.recipients():
        settled = parts.handled.settled.get(recipient.id)
        if settled is None:
            yield Fault("recipient-open", recipient.label, recipient.id)
            continue
        step, words = settled
        if not step.must_know:
            continue
        if not parts.name_of(recipient):
            yield Fault("recipient-nameless", recipient.label, recipient.id)
        if step.told_on is None and step.why_not is None:
            yield Fault("recipient-untold", recipient.label, recipient.id)
        elif step.told_on is None and not words.get("why", "").strip():
            yield Fault("recipient-why", recipient.label, recipient.id)
