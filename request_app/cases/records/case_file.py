"""The case file: how a request was handled, as evidence for the authority.

The controller must be able to prove that: GDPR Art. 5(2), 24, 31. The delivered data,
the proof of identity and a secret address are left out. People read the same facts as
a page and programs as JSON, with days, instants and codes as in the database.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from generator.content.reader import Content
from generator.languages import catalogue
from request_app.cases.action import Action
from request_app.cases.decision.outcome import handled
from request_app.cases.delivery.delivery_code import deliveries_of
from request_app.cases.grounds import EXTENSIONS, REFUSALS
from request_app.cases.letters.archive import OWN_WORDS, words_of
from request_app.cases.lifecycle.opened_case import Opened, RecordedStep
from request_app.cases.messages.conversation import ConversationMessage
from request_app.cases.notice import plan
from request_app.cases.notice.names import group_name, recipient_name
from request_app.cases.notice.wording import in_language
from request_app.cases.steps import verification
from request_app.cases.steps.decision import Decided
from request_app.cases.steps.questions import Answered
from request_app.deadlines import PauseKind, explain, explain_extended
from request_app.formatting import day
from request_app.published import Kept, kept
from request_app.store import accounts, audit, letters, notices, outbox
from request_app.store.values import LetterKind

FILE_TAKEN = "case.file"
SHORTEST = 4  # letters of a line of an address; shorter ones occur in other words
LEFT_OUT = "[…]"

FileData = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Reader:
    """The language and form in which the file is taken."""

    language: str
    form: str  # page, html or json, for the audit trail
    content: Content  # of today, for the name of the organisation


def casefile(action: Action, opened: Opened, reader: Reader) -> FileData:
    """Put the file together; its own audit entry is written first, so it is in it."""
    case, connection = opened.case, action.connection
    facts = {"as": reader.form, "language": reader.language}
    action.audit(case, FILE_TAKEN, facts)
    notice = kept(notices.load(connection, case.notice_hash))
    names = {each.id: each.name for each in accounts.everyone(connection)}
    sections = _Sections(opened, notice, names, reader)
    data: FileData = {
        "reference": case.reference,
        "controller": reader.content.organisation.controller.name,
        "made_at": _iso(action.at),
        "made_by": action.actor,
        "language": reader.language,
        "request": sections.request(),
        "notice": sections.notice(),
        "time": sections.time(),
        "identity": sections.identity(),
        "steps": [
            sections.step(number, each) for number, each in enumerate(opened.history, 1)
        ],
        "questions": sections.questions(),
        "decisions": list(sections.decisions()),
        "recipients": list(sections.recipients()),
        "letters": [
            sections.letter(each, words_of(action, each))
            for each in letters.of_case(connection, case.id)
        ],
        "messages": [_message(each) for each in opened.letters],
        "deliveries": _deliveries(action, opened),
        "mails": [_mail(each) for each in outbox.of_case(connection, case.id)],
        "trail": [_row(each) for each in audit.entries(connection, case_id=case.id)],
    }
    if not opened.flags.hidden_address:
        return data
    clean: FileData = _without(data, _lines_of_address(opened))
    # the trail has no personal data, and its digests need the rows unchanged
    return clean | {"trail": data["trail"], "address_left_out": True}


@dataclass(frozen=True)
class _Sections:
    """The sections of the file, with names in place of ids."""

    opened: Opened
    kept: Kept
    names: Mapping[str, str]
    reader: Reader

    def request(self) -> FileData:
        case, opened = self.opened.case, self.opened
        person = dict(opened.parts.get("person", {}))
        if opened.flags.hidden_address:
            person.pop("post", None)
        return {
            "channel": case.channel.value,
            "language": case.language,
            "received_at": _iso(case.received_at),
            "received_on": _iso(case.received_on),
            "entered_at": _iso(case.entered_at),
            "rights": sorted(right.value for right in opened.rights),
            "all_data": case.all_data,
            "registers": [
                {"id": each, "name": self._place(each)}
                for each in sorted(opened.registers)
            ],
            "person": person,
            "details": dict(opened.parts.get("request", {})),
            "suspicion": case.suspicion,
            "restricted": case.restricted,
            "confirmed_at": _iso(case.confirmed_at),
            "cancelled_at": _iso(case.cancelled_at),
        }

    def notice(self) -> FileData:
        """The notice of the day of receipt; its hash identifies the exact text."""
        notice = self.kept.notice
        return {
            "hash": self.opened.case.notice_hash,
            "title": in_language(notice.title, self.reader.language),
            "dated": _iso(notice.dated.date) if notice.dated else None,
        }

    def time(self) -> FileData:
        case, progress = self.opened.case, self.opened.progress
        language = self.reader.language
        gettext, show = catalogue(language).gettext, partial(day, language=language)
        limits = progress.limits
        extended = progress.extended
        ground = EXTENSIONS.get(extended.reason) if extended else None
        return {
            "state": case.state.value,
            "due": _iso(limits.due),
            "last_day": _iso(progress.last_day),
            "working": explain(limits, gettext=gettext, show=show),
            "extended_to": _iso(extended.to) if extended else None,
            "extended_on": _iso(extended.on) if extended else None,
            "extension_reason": in_language(ground.reason, language)
            if ground
            else None,
            "extension_working": explain_extended(limits, gettext=gettext, show=show)
            if extended
            else [],
            "answered_on": _iso(case.answered_on),
            "reached_on": _iso(progress.reached_on),
            "late_told_on": _iso(progress.late_told.on) if progress.late_told else None,
            "closed_at": _iso(case.closed_at),
            "calendar": case.calendar,
        }

    def identity(self) -> FileData:
        """How identity was verified, without what was shown or said as proof."""
        progress = self.opened.progress
        return {
            "method": progress.identity.value if progress.identity else None,
            "denied": progress.denied,
            "mandate": progress.mandate.value if progress.mandate else None,
        }

    def step(self, number: int, done: RecordedStep) -> FileData:
        facts = done.step.model_dump(mode="json", exclude_none=True)
        return {
            "number": number,
            "kind": facts.pop("kind"),
            "at": _iso(done.at),
            "by": done.actor,
            "facts": {name: self._named(name, each) for name, each in facts.items()},
            **_written(done),
        }

    def questions(self) -> list[FileData]:
        return [
            {
                "question": each.kind.value,
                "asked_on": _iso(each.asked_on),
                "answered_on": _iso(each.answered_on),
                "enough": each.enough,
            }
            for each in self.opened.progress.questions
        ]

    def decisions(self) -> Iterator[FileData]:
        """The current decisions, each with its ground and provision."""
        last = {
            (done.step.right, done.step.group): done
            for done in self.opened.history
            if isinstance(done.step, Decided)
        }
        for key, step in self.opened.progress.decisions.items():
            done, ground = last[key], REFUSALS.get(step.ground or "")
            language = self.reader.language
            yield {
                "right": step.right.value,
                "group": step.group,
                "data": self._group(step.group),
                "outcome": step.outcome.value,
                "on": _iso(step.on),
                "by": done.actor,
                "ground": in_language(ground.name, language) if ground else None,
                "provision": in_language(ground.provision_of(step.right), language)
                if ground
                else None,
                **_written(done),
            }

    def recipients(self) -> Iterator[FileData]:
        """Who got the data, and whether they were notified of changes: GDPR Art. 19."""
        for step, words in handled(self.opened).recipients.values():
            label = self.recipient(step.recipient)
            own = label == step.recipient and "name" in words  # found by staff
            yield {
                "recipient": recipient_name(None if own else label, words),
                "got": step.got,
                "unchanged": step.unchanged,
                "told_on": _iso(step.told_on),
                "why_not": step.why_not.value if step.why_not else None,
            }

    def letter(
        self, letter: letters.StoredLetter, words: Mapping[str, Any]
    ) -> FileData:
        return {
            "kind": letter.kind.value,
            "to": letter.addressee.value,
            "recipient": self.recipient(letter.recipient),
            "way": letter.way.value,
            "language": letter.language,
            "sent_on": _iso(letter.sent_on),
            "entered_at": _iso(letter.entered_at),
            "by": letter.actor,
            **_texts(letter.kind, words),
        }

    def recipient(self, recipient: str | None) -> str | None:
        concerned = plan.concerned_registers(
            self.opened.case, self.opened.registers, self.kept
        )
        everyone = plan.recipients_of(concerned, self.reader.language)
        known = {each.id: each.label for each in everyone}
        return known.get(recipient, recipient) if recipient else None

    def _named(self, name: str, value: object) -> object:
        """A fact of a step, with an id replaced by its name."""
        if name == "place":
            return self._place(str(value))
        if name == "group":
            return self._group(str(value))
        if name in {"handler", "owner"}:
            return self.names.get(str(value), value)
        language = self.reader.language
        if name == "ground" and (refusal := REFUSALS.get(str(value))):
            return in_language(refusal.name, language)
        if name == "reason" and (extension := EXTENSIONS.get(str(value))):
            return in_language(extension.reason, language)
        return self.recipient(str(value)) if name == "recipient" else value

    def _group(self, group: str) -> str:
        """The name of a group; the words of the step say what a part is about."""
        return group_name(group, self.kept, self.reader.language, {})

    def _place(self, place: str) -> str:
        return plan.place_name(place, self.kept, self.reader.language)


def _written(done: RecordedStep) -> FileData:
    """What staff wrote for a step, without proof of identity (EDPB ¶76–79)."""
    step = done.step
    if isinstance(
        step,
        (
            verification.IdentitySettled,
            verification.MandateSettled,
            verification.IdentityDenied,
        ),
    ):
        sure = {name: each for name, each in done.words.items() if name == "why_sure"}
        return {"words": sure, "values": {}}
    if isinstance(step, Answered) and step.question is PauseKind.IDENTITY:
        return {"words": {}, "values": {}}
    return {"words": dict(done.words), "values": dict(done.values)}


def _deliveries(action: Action, opened: Opened) -> list[FileData]:
    """When and how the answer was sent and received, without its content."""
    found = deliveries_of(action.connection, opened.case, today=action.today)
    return [
        {
            "way": each.delivery.way.value,
            "by": each.delivery.actor,
            "sent_on": _iso(each.delivery.sent_on),
            "fetched_at": _iso(each.delivery.fetched_at),
            "handed_on": _iso(each.delivery.handed_on),
            "reminded_at": _iso(each.delivery.reminded_at),
            "withdrawn_at": _iso(each.delivery.withdrawn_at),
            "standing": each.standing.value,
        }
        for each in found
    ]


def _message(message: ConversationMessage) -> FileData:
    return {
        "from": message.sender.value,
        "written_at": _iso(message.written_at),
        "text": message.text,
    }


def _mail(mail: outbox.Mail) -> FileData:
    return {
        "kind": mail.kind,
        "written_at": _iso(mail.created_at),
        "sent_at": _iso(mail.sent_at),
        "failed_at": _iso(mail.failed_at),
    }


def _row(entry: audit.AuditEntry) -> FileData:
    return {
        "seq": entry.seq,
        "at": _iso(entry.at),
        "by": entry.actor,
        "action": entry.action,
        "facts": dict(entry.facts),
        "previous": entry.previous,
        "digest": entry.digest,
    }


def _texts(kind: LetterKind, words: Mapping[str, Any]) -> FileData:
    """The text of a letter; an answer without the words of staff: they may be data.

    Older letters have no copy of those words beside the text to find them by.
    """
    title, text = (str(words.get(name, "")) for name in ("title", "text"))
    own = words.get(OWN_WORDS)
    if kind is not LetterKind.ANSWER or own == "":
        return {"title": title, "text": text}
    if own:
        text = text.replace(f"\n\n{own}\n\n", f"\n\n{LEFT_OUT}\n\n")
    return {"title": title, "text": text, "own_words_left_out": bool(own)}


def _iso(value: date | datetime | None) -> str | None:
    return None if value is None else value.isoformat()


def _lines_of_address(opened: Opened) -> list[str]:
    post = str(opened.parts.get("person", {}).get("post", ""))
    lines = (line.strip() for line in re.split(r"[\n,]", post))
    name = (opened.name or "").casefold()
    return [x for x in lines if len(x) >= SHORTEST and x.casefold() != name]


def _without(data: Any, lines: Iterable[str]) -> Any:  # noqa: ANN401 - JSON is any
    """The data with every text cleared of a secret address, by whole words only."""
    if not (patterns := [r"\s+".join(map(re.escape, each.split())) for each in lines]):
        return data
    address = re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)

    def left_out(value: Any) -> Any:  # noqa: ANN401
        if isinstance(value, str):
            return address.sub(LEFT_OUT, value)
        if isinstance(value, Mapping):
            return {name: left_out(each) for name, each in value.items()}
        return [left_out(x) for x in value] if isinstance(value, list) else value

    return left_out(data)
