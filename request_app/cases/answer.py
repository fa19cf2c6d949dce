"""The answer to a request, computed from what was decided: GDPR Art. 12(3)–(4).

    letter = answer(facts, handled)

What is missing stands in the letter as a prompt; `readiness` tells the field.
"""

from collections.abc import Iterator, Mapping

from generator.languages import N_
from request_app.cases.grounds import REFUSALS, REMEDY, Refusal
from request_app.cases.groups import ALL, ITEM, name_of_group, whole_of
from request_app.cases.handled import Handled, Result, result
from request_app.cases.information import access_information
from request_app.cases.letters import (
    Facts,
    Letter,
    Section,
    complaint,
    contact,
    head,
    listed,
    prompt,
)
from request_app.cases.plan import (
    Recipient,
    concerned_registers,
    place_name,
)
from request_app.cases.recipients import (
    name_of_recipient,
    recipients_to_tell,
    registers_with_data,
)
from request_app.cases.said import name_of, own_register, said, time_of
from request_app.cases.steps import (
    Decided,
    Outcome,
    WhyNotTold,
    Words,
)
from request_app.store.values import AT_ONCE, LetterKind, Right


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
            self._recipient(each)
            for each in recipients_to_tell(self.facts, self.handled)
            if self._has_it(each)
        ]
        nobody = self._("Nobody: your data have not been given to anyone.")
        text = listed(lines) if lines else nobody
        yield Section("told", self._("Whom we told of the change"), text)

    def _has_it(self, recipient: Recipient) -> bool:
        settled = self.handled.settled.get(recipient.id)
        return settled is None or settled[0].got

    def _recipient(self, recipient: Recipient) -> str:
        name = name_of_recipient(recipient, self.handled)
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
        registers = registers_with_data(self.facts, self.handled)
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

    def _called(self, each: Decided, words: Words) -> str:
        return called(each, words, self.facts)

    def _label(self, each: Decided, words: Words, *, data: bool = False) -> str:
        closer = words.get("data", "").strip()
        group = whole_of(each)
        if closer or group == ALL or group.startswith(ITEM):
            text = self._("Data: %(data)s") % {"data": self._called(each, words)}
            register = self.facts.kept.register(group)
            if register is None:
                return text
            name = self._("Register: %(name)s") % {
                "name": name_of_group(group, self.facts.kept, self.language)
            }
            return f"{text}\n{name}" if data else f"{name}\n  {text}"
        return self._("Register: %(name)s") % {
            "name": name_of_group(group, self.facts.kept, self.language)
        }

    def _word(self, words: Words, name: str, what: str) -> str:
        return words.get(name, "").strip() or prompt(self._(what))


WITHHELD = frozenset({"exception_34", "unfounded", "excessive"})
GIVEN = frozenset({Right.ACCESS, Right.PORTABILITY})
DONE_IN_WORDS = frozenset({Right.HUMAN_REVIEW, Right.OTHER})


def called(each: Decided, words: Words, facts: Facts) -> str:
    """The group of data in words; staff may say it more closely."""
    whole = name_of_group(whole_of(each), facts.kept, facts.language)
    return words.get("data", "").strip() or whole


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
