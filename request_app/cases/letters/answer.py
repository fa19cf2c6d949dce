"""The answer to a request, computed from the decisions: GDPR Art. 12(3)–(4).

    letter = answer(facts, handled)

A missing field becomes a prompt in the letter; `answer_checks` names the field.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from generator.languages import N_
from request_app.cases.decision import open_items, recipients
from request_app.cases.decision.outcome import Handled, WordedDecision
from request_app.cases.grounds import REFUSALS, REMEDY, RefusalGround
from request_app.cases.letters import access_draft, answer_sentences as sentences, parts
from request_app.cases.letters.data_names import called
from request_app.cases.letters.placeholders import filled
from request_app.cases.lifecycle.case_facts import Facts
from request_app.cases.notice import plan
from request_app.cases.notice.data_groups import ALL, is_item
from request_app.cases.notice.wording import day_in, in_language, name_of, time_of
from request_app.cases.rights import (
    BY_REGISTER,
    DONE_IN_WORDS,
    GIVES_DATA,
    NOT_DONE,
    Outcome,
    Result,
)
from request_app.cases.steps.facts import Decision, Words
from request_app.retention import own_register
from request_app.store.values import AT_ONCE, LetterKind, Right


def answer(facts: Facts, handled: Handled) -> parts.Letter:
    """Compose the answer; sections that are not editable are computed or law."""
    composed = _Answer(facts, handled)
    return parts.Letter(
        LetterKind.ANSWER,
        facts.language,
        facts.gettext("Answer to your request"),
        (parts.head(facts), *composed.sections()),
    )


class _Answer:
    """The sections of one answer, in the order in which they are read."""

    def __init__(self, facts: Facts, handled: Handled) -> None:
        self.facts = facts
        self.handled = handled
        self.gettext = facts.gettext
        self.language = facts.language

    def sections(self) -> Iterator[parts.Section]:
        yield parts.greeting(self.facts)
        yield from self.late()
        yield self.asked()
        yield from self.summary()
        yield from self.done()
        yield from self.no_data()
        yield from self.no_such_data()
        yield from self.not_done()
        yield from self.not_identified()
        yield from self.not_ours()
        yield from self.notified_recipients()
        yield from self.still_kept()
        yield from self.own_words()
        yield parts.complaint(self.facts)
        yield from self.to_ombudsman()
        yield parts.contact(self.facts)
        yield parts.signature(self.facts)
        yield from self.attached()
        yield from self.information()

    def late(self) -> Iterator[parts.Section]:
        """Apologise for a late answer; one after a reopening is not late."""
        case = self.facts.case
        if case.answered_on is None and self.facts.today > case.last_day:
            yield parts.Section(
                "late", "", self.gettext("Our answer is late. We apologise.")
            )

    def asked(self) -> parts.Section:
        """What was requested, when, on which data; several rights as a list."""
        rights = sorted(self.facts.rights, key=list(Right).index)
        day = {"day": self.facts.date(self.facts.case.received_on)}
        if len(rights) != 1:
            names = parts.listed(
                self.gettext(sentences.ASKED[right]) for right in rights
            )
            text = "\n".join([self.gettext("On %(day)s you asked") % day, names])
            return parts.Section("asked", "", f"{text}\n{self._scope()}".rstrip())
        [right] = rights
        usual = N_("On %(day)s you asked %(what)s.")
        what = day | {"what": self.gettext(sentences.ASKED[right])}
        text = self.gettext(sentences.ASKED_ALONE.get(right, usual)) % what
        return parts.Section("asked", "", f"{text} {self._scope()}".rstrip())

    def _scope(self) -> str:
        case = self.facts.case
        if case.all_data or not self.facts.registers:
            about_all = self.facts.rights & BY_REGISTER
            return (
                self.gettext("Your request is about all your data.")
                if about_all
                else ""
            )
        registers = plan.concerned_registers(
            case, self.facts.registers, self.facts.kept
        )
        names = [name_of(each, self.language) for each in registers]
        if len(names) == 1:
            text = self.gettext("Your request is about this register: %(name)s")
            return text % {"name": names[0]}
        text = self.gettext("Your request is about these registers:")
        return f"{text}\n{parts.listed(names)}"

    def summary(self) -> Iterator[parts.Section]:
        if text := self._summary():
            yield parts.Section("summary", "", self.gettext(text))

    def _summary(self) -> str:
        """The whole answer in one sentence."""
        outcomes = {each.outcome for each, _ in self.handled.decisions}
        if self.handled.no_data_found:
            return N_("We looked for your data and found none.")
        if outcomes and all(each.adds_statement for each, _ in self.handled.decisions):
            return N_(
                "We did not correct the data, but we added your own statement to them. "
                "Below we tell why."
            )
        if Outcome.REFUSED in outcomes and Outcome.GRANTED not in outcomes:
            return N_("We can’t do what you asked. Below we tell why.")
        if Outcome.GRANTED in outcomes and outcomes & NOT_DONE:
            return sentences.IN_PART.get(self._right_in_part(), sentences.IN_PART[None])
        if outcomes == {Outcome.GRANTED} and not self._is_open():
            return N_("We have done what you asked.")
        return ""

    def _is_open(self) -> bool:
        """Whether part of the request is still undecided."""
        return any(True for _ in open_items.undecided(self.facts, self.handled))

    def _right_in_part(self) -> Right | None:
        """The one right granted in part, if all others were granted."""
        result = self.handled.progress.result
        not_granted = [
            each for each in self.facts.rights if result(each) is not Result.GRANTED
        ]
        in_part = len(not_granted) == 1 and result(not_granted[0]) is Result.IN_PART
        return not_granted[0] if in_part else None

    def done(self) -> Iterator[parts.Section]:
        """What was done, when, and with which data."""
        blocks: dict[tuple[Right, date, str], list[WordedDecision]] = {}
        for each, words in self.handled.with_outcome(Outcome.GRANTED):
            alone = each.group if each.right in ALONE else ""
            key = (each.right, self._day_of(each), alone)
            blocks.setdefault(key, []).append(WordedDecision(each, words))
        texts = [
            self._done(right, on, of_it) for (right, on, _), of_it in blocks.items()
        ]
        on = self.handled.restricted_on
        if on and not any(right is Right.RESTRICTION for right, _, _ in blocks):
            texts.append(self._done(Right.RESTRICTION, on, []))
        if self.handled.with_outcome(Outcome.CANCELLED):
            cancelled = N_(
                "You have cancelled your request, so we do no more about it."
            )
            texts.append(self.gettext(cancelled))
        if texts:
            yield parts.Section("done", self.gettext("What we did"), "\n\n".join(texts))

    def _day_of(self, each: Decision) -> date:
        """The day of the data: for access, the day of receipt (EDPB ¶36–39)."""
        on_receipt = each.right is Right.ACCESS
        return self.facts.case.received_on if on_receipt else each.on

    def _done(self, right: Right, on: date, of_it: Sequence[WordedDecision]) -> str:
        text = self.gettext(sentences.DONE[right]) % {"day": self.facts.date(on)}
        besides = " ".join([*self._after(right), *self._in_words(right, of_it)])
        if right is Right.RECTIFICATION:
            return f"{text} {self._old_and_new(*of_it)} {besides}".rstrip()
        if groups := [*self._groups(of_it)]:
            return (
                f"{text.removesuffix('.')}:\n{parts.listed(groups)}\n{besides}".rstrip()
            )
        return f"{text} {besides}".rstrip()

    def _in_words(self, right: Right, of_it: Sequence[WordedDecision]) -> Iterator[str]:
        """What was done, in the words of staff; some rights require them."""
        notes = [words.get("done", "").strip() for _, words in of_it]
        if right in DONE_IN_WORDS and not any(notes):
            yield parts.prompt(self.gettext("what was done and what came of it"))
        yield from filter(None, notes)

    def _old_and_new(self, decision: WordedDecision) -> str:
        words = decision.words
        return self.gettext("Before: “%(old)s”. Now: “%(new)s”.") % {
            "old": self._word(words, "old", N_("the data as they were")),
            "new": self._word(words, "new", N_("the data as they are now")),
        }

    def _groups(self, of_it: Iterable[WordedDecision]) -> Iterator[str]:
        """The data concerned, unless it is all data."""
        for each, words in of_it:
            name = called(each, words, self.handled, self.facts)
            if self._refused_in_part(each):
                yield self.gettext("%(data)s, but for what is listed below") % {
                    "data": name
                }
            elif each.whole != ALL or words.get("data", "").strip():
                yield name

    def _after(self, right: Right) -> Iterator[str]:
        """What else the person should know about what was done."""
        if right in sentences.AFTER:
            yield self.gettext(sentences.AFTER[right])
        if right in GIVES_DATA and self.handled.attached:
            yield self.gettext("Your data are attached to this answer.")
        if right is Right.ACCESS:
            yield self.gettext(
                "At the end of this letter we tell how your data are used."
            )

    def _refused_in_part(self, granted: Decision) -> bool:
        """Whether a part of the same data was refused under the same right."""
        return any(
            each.right is granted.right and each.whole == granted.whole
            for each, _ in self.handled.with_outcome(Outcome.REFUSED)
        )

    def not_done(self) -> Iterator[parts.Section]:
        """What was refused; data with the same reason are listed together."""
        blocks: dict[tuple[Right, str], list[WordedDecision]] = {}
        for each, words in self.handled.with_outcome(Outcome.REFUSED):
            key = (each.right, self._why(each, words))
            blocks.setdefault(key, []).append(WordedDecision(each, words))
        texts = [
            f"{self._left(right, of_it)}{why}" for (right, why), of_it in blocks.items()
        ]
        if texts:
            heading = self.gettext("What we did not do")
            yield parts.Section("not_done", heading, "\n\n".join(texts))

    def _left(self, right: Right, of_it: Sequence[WordedDecision]) -> str:
        """What was not done, and with which data."""
        first, words = of_it[0]
        if first.whole == ALL and not words.get("data", "").strip():
            return f"{self.gettext(sentences.NOT_DONE_AT_ALL[right])} "
        names = [called(each, words, self.handled, self.facts) for each, words in of_it]
        return (
            f"{self.gettext(sentences.NOT_DONE_LEAD[right])}\n{parts.listed(names)}\n\n"
        )

    def _why(self, each: Decision, words: Words) -> str:
        """The reason with the facts of this case, the retention and the provision."""
        ground = each.refusal
        text = self._reason(ground, words)
        if each.right is Right.ERASURE or words.get("kept_until"):
            text = f"{text} {self._until(words)}"
        provision = {"provision": self._provision(ground, each, words)}
        return "\n".join([text, self.gettext("Provision: %(provision)s") % provision])

    def _until(self, words: Words) -> str:
        """How long the data are kept: a day in a sentence, other text after a colon."""
        ask = N_("until when, or what decides it")
        until = self._word(words, "kept_until", ask)
        if day := day_in(until):
            return self.gettext("We keep them until %(day)s.") % {
                "day": self.facts.date(day)
            }
        return self.gettext("We keep them: %(until)s") % {"until": until}

    def _reason(self, ground: RefusalGround | None, words: Words) -> str:
        own = self._word(words, "facts", N_("the facts of this case"))
        lead = in_language(ground.lead, self.language) if ground else ""
        return f"{lead} {own}".strip()

    def _provision(
        self, ground: RefusalGround | None, each: Decision, words: Words
    ) -> str:
        """The article of the ground, and any other act that staff named."""
        if ground is None or ground.names_provision:
            return self._word(words, "provision", N_("act and section"))
        article = in_language(ground.provision_of(each.right), self.language)
        return "; ".join(filter(None, (article, words.get("provision", "").strip())))

    def not_identified(self) -> Iterator[parts.Section]:
        """GDPR Art. 12(2), 11(2): identity not verified, and what would still help."""
        found = self.handled.with_outcome(Outcome.NOT_IDENTIFIED)
        if not found:
            return
        ground = REFUSALS["not_identified"]
        reasons = dict.fromkeys(
            self._word(words, "facts", N_("the facts of this case"))
            for _each, words in found
        )
        provision = in_language(ground.provision, self.language)
        lines = [
            " ".join([in_language(ground.lead, self.language), *reasons]),
            self.gettext("You can still tell us more, or make a new request."),
            self.gettext("Provision: %(provision)s") % {"provision": provision},
        ]
        yield parts.Section(
            "not_identified", self.gettext("Whose request it is"), "\n".join(lines)
        )

    def no_data(self) -> Iterator[parts.Section]:
        """Where no data were found; that is an answer too: GDPR Art. 15(1)."""
        of = {each.whole for each, _ in self.handled.with_outcome(Outcome.NO_DATA)}
        everywhere = self.handled.no_data_found or ALL in of
        if not everywhere and all(map(is_item, of)):
            return
        names = [
            plan.place_name(place, self.facts.kept, self.language)
            for place, there in self.handled.search_results.items()
            if there is False and (everywhere or place in of)
        ]
        lines = [
            self.gettext("We did not find your data in these:"),
            parts.listed(names or [parts.prompt(self.gettext("the places searched"))]),
        ]
        yield parts.Section(
            "no_data", self.gettext("Where we looked"), "\n".join(lines)
        )

    def no_such_data(self) -> Iterator[parts.Section]:
        """An item that we do not have: only inaccurate data are rectified, Art. 16."""
        names = [
            called(each, words, self.handled, self.facts)
            for each, words in self.handled.with_outcome(Outcome.NO_DATA)
            if is_item(each.whole)
        ]
        if names and not self.handled.no_data_found:
            lead = self.gettext(
                "We do not have these data, so there is nothing to correct:"
            )
            heading = self.gettext("What we do not have")
            yield parts.Section(
                "no_such_data", heading, f"{lead}\n{parts.listed(names)}"
            )

    def not_ours(self) -> Iterator[parts.Section]:
        """The other controller of the data, and when the request was passed on."""
        found = self.handled.with_outcome(Outcome.PASSED_ON)
        blocks = []
        for each, words in found:
            name = self._word(words, "controller", N_("the name of the controller"))
            day = {"day": self.facts.date(each.on)}
            data = called(each, words, self.handled, self.facts)
            lines = [] if each.whole == ALL else [parts.listed([data])]
            lines += [
                self.gettext("We process these data on behalf of another controller."),
                self.gettext("Controller: %(name)s") % {"name": name},
                self.gettext("We passed your request on to it on %(day)s.") % day,
            ]
            blocks.append("\n".join(lines))
        if blocks:
            heading = self.gettext("Data of another controller")
            yield parts.Section("not_ours", heading, "\n\n".join(dict.fromkeys(blocks)))

    def notified_recipients(self) -> Iterator[parts.Section]:
        """The recipients notified of the change: GDPR Art. 19."""
        if not self.handled.has_changes:
            return
        concerned = recipients.recipients_to_notify(self.facts, self.handled)
        if not concerned and not recipients.changed_registers(self.facts, self.handled):
            return
        to_notify = [each for each in concerned if self._has_data(each)]
        excused = [each for each in to_notify if self._why_not(each)]
        notified = [self._notified(each) for each in to_notify if each not in excused]
        lines = []
        if notified:
            lead = self.gettext(
                sentences.TOLD_OF.get(self._changed(), sentences.TOLD_OF[None])
            )
            alone = len(notified) == 1
            lines.append(
                f"{lead} {notified[0]}"
                if alone
                else f"{lead}\n{parts.listed(notified)}"
            )
        lines += map(self._why_not, excused)
        text = "\n".join(lines) or self._nobody()
        yield parts.Section("told", self.gettext("Whom we told"), text)

    def _nobody(self) -> str:
        if recipients.silent_registers(self.facts, self.handled):
            return parts.prompt(self.gettext("who has received data, by name"))
        if any(step.got for step, _ in self.handled.recipients.values()):
            return self.gettext(
                sentences.NOBODY_TOLD.get(self._changed(), sentences.NOBODY_TOLD[None])
            )
        return self.gettext(
            "We have not given your data to anyone, so there was nobody to tell of it."
        )

    def _changed(self) -> recipients.Change | None:
        """The kind of change, if there was only one."""
        kinds = {recipients.change_by(each) for each, _ in self.handled.changed}
        if self.handled.restricted_on:
            kinds.add(recipients.Change.RESTRICTION)
        return kinds.pop() if len(kinds) == 1 else None

    def _has_data(self, recipient: plan.Recipient) -> bool:
        settled = self.handled.recipients.get(recipient.id)
        return settled is None or settled[0].needs_notice

    def _notified(self, recipient: plan.Recipient) -> str:
        """A recipient, and the day on which it was notified."""
        name = self._named(recipient)
        settled = self.handled.recipients.get(recipient.id)
        if settled is None:
            ask = parts.prompt(
                self.gettext("whether it got the data, and when it was told")
            )
            return f"{name} {ask}"
        if day := settled[0].told_on:
            return f"{name} ({self.facts.date(day)})"
        ask = parts.prompt(self.gettext("when it was told"))
        return f"{name} {ask}"

    def _why_not(self, recipient: plan.Recipient) -> str:
        step, words = self.handled.recipients.get(recipient.id, (None, {}))
        if step is None or step.told_on or not step.why_not:
            return ""
        why = self.gettext(sentences.NOT_TOLD[step.why_not]) % {
            "name": self._named(recipient)
        }
        return f"{why} {words.get('why', '').strip()}".strip()

    def _named(self, recipient: plan.Recipient) -> str:
        ask = parts.prompt(self.gettext("the name of this recipient"))
        name = recipients.name_of_recipient(recipient, self.handled)
        return name or f"{ask} ({recipient.label})"

    def still_kept(self) -> Iterator[parts.Section]:
        """What is kept after an erasure or the end of marketing."""
        granted = {each.right for each, _ in self.handled.with_outcome(Outcome.GRANTED)}
        lines = []
        if Right.MARKETING in granted:
            lines.append(
                self.gettext(
                    "We keep your address on a list of those who want no marketing, so "
                    "that we do not send you any again."
                )
            )
        if self.facts.rights & {Right.ERASURE, *AT_ONCE} or self.handled.no_data_found:
            only = self.gettext("We now keep only the data of this request:")
            of_request = self.gettext("We keep the data of this request:")
            nothing_else = self.handled.no_data_found and self.facts.case.all_data
            lines.append(only if nothing_else else of_request)
            lines.append(parts.listed(self._times_of_the_request()))
        if lines:
            heading = self.gettext("What we still keep")
            yield parts.Section("still_kept", heading, "\n".join(lines))

    def _times_of_the_request(self) -> list[str]:
        """The retention of the request, from the notice’s register of requests."""
        own = own_register(self.facts.kept.registers)
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
        granted = {each.right for each, _ in self.handled.with_outcome(Outcome.GRANTED)}
        given = {"delivered_package"} if granted & GIVES_DATA else set()
        return {"messages_and_old_values", "case_and_letters", *given}

    def attached(self) -> Iterator[parts.Section]:
        if names := self.handled.attached:
            yield parts.Section(
                "attached", self.gettext("Attachments"), parts.listed(names)
            )

    def information(self) -> Iterator[parts.Section]:
        """GDPR Art. 15(1)(a)–(h), 15(2): given even if the copy is refused (¶172)."""
        draft = access_draft.information_draft(self.facts, self.handled)
        if draft is None:
            return
        used, use = N_("How we used your data"), N_("How we use your data")
        all_erased = access_draft.is_all_erased(self.facts, self.handled)
        yield parts.Section(
            "access_information",
            self.gettext(used if all_erased else use),
            filled(draft, self.handled.words),
            editable=True,
        )

    def own_words(self) -> Iterator[parts.Section]:
        text = self.handled.words.get("own_words", "").strip()
        yield parts.Section("own_words", "", text, editable=True)

    def to_ombudsman(self) -> Iterator[parts.Section]:
        """Tietosuojalaki 34 § 4 mom."""
        grounds = [each.refusal for each, _ in self.handled.decisions]
        if any(ground and ground.ombudsman_route for ground in grounds):
            text = in_language(REMEDY.to_ombudsman, self.language)
            law = in_language(REMEDY.to_ombudsman_law, self.language)
            yield parts.Section("to_ombudsman", "", f"{text}\n{law}")

    def _word(self, words: Words, name: str, what: str) -> str:
        return words.get(name, "").strip() or parts.prompt(self.gettext(what))


ALONE = frozenset({Right.RECTIFICATION, *DONE_IN_WORDS})  # one paragraph for each
