"""Opening a case for the desk: its parts, messages, steps and progress."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from request_app.cases.action import Action
from request_app.cases.lifecycle import protection, record
from request_app.cases.messages.conversation import ConversationMessage, read_as_desk
from request_app.cases.steps.facts import Words
from request_app.cases.steps.progress import Progress
from request_app.cases.steps.questions import Asked
from request_app.cases.steps.reader import read_step
from request_app.cases.steps.step import Step
from request_app.sealing import places
from request_app.store import cases, messages, sealed_parts, steps
from request_app.store.values import Right, Sender

OWN, CHILD = "own", "child"  # whose data a request is about


class RecordedStep(NamedTuple):
    """A step that was taken, with what staff wrote for it."""

    step: Step
    words: Words
    values: Words  # old and new data; deleted sooner than the rest
    actor: str
    at: datetime


class Opened(NamedTuple):
    """A case with its envelopes opened, as staff see it."""

    case: cases.Case
    registers: frozenset[str]
    parts: Mapping[str, Mapping[str, Any]]
    letters: list[ConversationMessage]
    history: list[RecordedStep]
    progress: Progress
    unread: int  # messages of the person that the desk has not seen

    @property
    def rights(self) -> frozenset[Right]:
        return self.progress.rights

    @property
    def replied(self) -> bool:
        """Whether the person has written since the last question was asked."""
        asked = [done.at for done in self.history if isinstance(done.step, Asked)]
        return any(
            letter.sender is Sender.PERSON and letter.written_at > max(asked)
            for letter in self.letters
            if asked
        )

    @property
    def flags(self) -> protection.Flags:
        return protection.Flags(**self.parts.get(protection.FLAGS, {}))

    @property
    def name(self) -> str | None:
        return self._contact("name")

    @property
    def email(self) -> str | None:
        return self._contact("email")

    @property
    def post(self) -> str | None:
        """The postal address, unless it is kept secret for the person's safety."""
        return None if self.flags.hidden_address else self._contact("post")

    @property
    def phone(self) -> str | None:
        return self._contact("phone")

    @property
    def acts_for_another(self) -> bool:
        return bool(self.parts.get("person", {}).get("whose", OWN) != OWN)

    @property
    def represented(self) -> str:
        """The name of the data subject, where somebody else makes the request."""
        return (self._contact("whose_name") or "") if self.acts_for_another else ""

    @property
    def child(self) -> bool:
        return bool(self.parts.get("person", {}).get("whose") == CHILD)

    @property
    def wants_restriction(self) -> bool:
        """Whether the person wrote: do not use it until you have checked it."""
        request = self.parts.get("request", {})
        return any(
            request.get(name) for name in ("rectify_restrict", "object_restrict")
        )

    def _contact(self, name: str) -> str | None:
        found = self.parts.get("person", {}).get(name)
        return str(found) if found else None


def open_case(action: Action, case: cases.Case) -> Opened:
    """Open the envelopes of a case, and note that in the audit trail."""
    connection = action.connection
    opened = Opened(
        case,
        cases.registers_of(connection, case.id),
        {
            kind: action.open_part(part)
            for kind, part in sealed_parts.of_case(connection, case.id).items()
        },
        read_as_desk(action, case),
        [_done(action, row) for row in steps.of_case(connection, case.id)],
        record.read_progress(action, case),
        messages.unread(connection, case.id, sender=Sender.PERSON),
    )
    action.audit(case, "case.opened")
    return opened


def _done(action: Action, row: steps.StepRow) -> RecordedStep:
    return RecordedStep(
        read_step(row.facts),
        action.open_json(row.sealed, places.step_words(row.id)),
        action.open_json(row.sealed_values, places.step_values(row.id)),
        row.actor,
        row.at,
    )
