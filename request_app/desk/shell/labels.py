"""The labels of stored values; they are translated where they are shown."""

from collections.abc import Mapping

from generator.languages import N_
from request_app.cases.decision.recipients import Change
from request_app.cases.delivery.channels import Means
from request_app.cases.delivery.delivery_code import DeliveryStage
from request_app.cases.rights import Outcome
from request_app.cases.steps.facts import IdentityMethod, Mandate, WhyNotTold
from request_app.deadlines import PauseKind
from request_app.store.queue import View
from request_app.store.values import Channel, LetterKind, Right, State, Way

RIGHTS: Mapping[Right, str] = {
    Right.ACCESS: N_("See the data"),
    Right.RECTIFICATION: N_("Correction"),
    Right.ERASURE: N_("Erasure"),
    Right.RESTRICTION: N_("Restriction"),
    Right.PORTABILITY: N_("Data to take along"),
    Right.OBJECTION: N_("Objection"),
    Right.MARKETING: N_("No direct marketing"),
    Right.WITHDRAWAL: N_("Consent withdrawn"),
    Right.HUMAN_REVIEW: N_("Review by a person"),
    Right.OTHER: N_("Something else"),
}

CHANNELS: Mapping[Channel, str] = {
    Channel.FORM: N_("Form"),
    Channel.LETTER: N_("Letter"),
    Channel.EMAIL: N_("E-mail"),
    Channel.PHONE: N_("Phone"),
    Channel.VISIT: N_("Visit"),
    Channel.OTHER: N_("Another way"),
}

# The same after “The request came”.
CAME: Mapping[Channel, str] = {
    Channel.FORM: N_("by the form"),
    Channel.LETTER: N_("by letter"),
    Channel.EMAIL: N_("by e-mail"),
    Channel.PHONE: N_("by phone"),
    Channel.VISIT: N_("on a visit"),
    Channel.OTHER: N_("in another way"),
}

STATES: Mapping[State, str] = {
    State.RECEIVED: N_("New"),
    State.WORKING: N_("Being worked on"),
    State.WAITING: N_("Waits for the person"),
    State.READY: N_("Answered"),
    State.CLOSED: N_("Closed"),
}

REACHED: Mapping[DeliveryStage, str] = {
    DeliveryStage.WAITING: N_("The mail has not gone out yet"),
    DeliveryStage.SENT: N_("Sent, not fetched yet"),
    DeliveryStage.MAIL_FAILED: N_("The mail failed for good"),
    DeliveryStage.FETCHED: N_("Fetched by the person"),
    DeliveryStage.HANDED: N_("Handed over"),
    DeliveryStage.WITHDRAWN: N_("Withdrawn: its code opens nothing"),
}

WAYS: Mapping[Way, str] = {
    Way.STATUS_PAGE: N_("Message on the status page"),
    Way.EMAIL: N_("E-mail"),
    Way.LETTER: N_("Letter on paper"),
    Way.BY_HAND: N_("By hand"),
    Way.PHONE: N_("Phone"),
}

MEANS: Mapping[Means, str] = {
    Means.EMAIL: N_("A code by e-mail"),
    Means.LETTER: N_("A code in a printed letter"),
    Means.BY_HAND: N_("A code on paper, given in hand"),
    Means.PHONE: N_("A code told by phone, at a number we had already"),
    Means.PAPER: N_("The whole answer on paper, by post"),
    Means.HANDED: N_("The whole answer on paper, given in hand"),
    Means.READ: N_("The whole answer read out, because the person asked for it"),
}

LETTERS: Mapping[LetterKind, str] = {
    LetterKind.RECEIVED: N_("We have received the request"),
    LetterKind.IDENTITY: N_("Question: who asks"),
    LetterKind.CLARIFICATION: N_("Question about the request"),
    LetterKind.EXTENSION: N_("More time is needed"),
    LetterKind.LATE: N_("The answer is late"),
    LetterKind.ANSWER: N_("Answer"),
    LetterKind.RESTRICTION_LIFTED: N_("The restriction ends"),
    LetterKind.TO_RECIPIENT: N_("Letter to a recipient of the data"),
    LetterKind.MESSAGE: N_("Message"),
}

METHODS: Mapping[IdentityMethod, str] = {
    IdentityMethod.NO_DOUBT: N_("There is no doubt"),
    IdentityMethod.KNOWN_ADDRESS: N_("They wrote from an address that we had already"),
    IdentityMethod.CONFIRMED: N_("Confirmed at an address that we had already"),
    IdentityMethod.KNOWN_FACTS: N_("They told something that we knew already"),
    IdentityMethod.IN_PERSON: N_("They came in person"),
    IdentityMethod.STRONG: N_("Strong electronic identification"),
    IdentityMethod.DOCUMENT_SEEN: N_("They showed a document; no copy was taken"),
}

MANDATES: Mapping[Mandate, str] = {
    Mandate.CUSTODY: N_("Custody of a child"),
    Mandate.GUARDIANSHIP: N_("Guardianship"),
    Mandate.AUTHORISATION: N_("Authorisation"),
}

# What the person was asked, as the end of a sentence.
QUESTIONS: Mapping[PauseKind, str] = {
    PauseKind.IDENTITY: N_("who they are"),
    PauseKind.SCOPE: N_("which data are meant"),
    PauseKind.WHICH_RIGHT: N_("what is asked for"),
}

# What became of a right, as the end of a sentence.
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.GRANTED: N_("done as asked"),
    Outcome.REFUSED: N_("not done"),
    Outcome.NO_DATA: N_("no data found"),
    Outcome.NOT_IDENTIFIED: N_("not done, since it stayed unclear who asks"),
    Outcome.PASSED_ON: N_("passed on to the controller"),
    Outcome.CANCELLED: N_("cancelled by the person"),
}

# What is done with the answer is still to come; what changes data is done already, on
# the day that is written beside it, for the answer tells that it was.
DONE: Mapping[Right, str] = {
    Right.ACCESS: N_("The person gets the data"),
    Right.RECTIFICATION: N_("Corrected"),
    Right.ERASURE: N_("Erased"),
    Right.RESTRICTION: N_("Use restricted"),
    Right.PORTABILITY: N_("The person gets the data in a machine-readable form"),
    Right.OBJECTION: N_("Use stopped"),
    Right.MARKETING: N_("Marketing stopped"),
    Right.WITHDRAWAL: N_("Withdrawal recorded, use stopped"),
    Right.HUMAN_REVIEW: N_("A person reviewed it"),
    Right.OTHER: N_("Done"),
}

NOT_DONE: Mapping[Right, str] = {
    Right.ACCESS: N_("Not given"),
    Right.RECTIFICATION: N_("Not corrected"),
    Right.ERASURE: N_("Not erased"),
    Right.RESTRICTION: N_("Use not restricted"),
    Right.PORTABILITY: N_("Not given in a machine-readable form"),
    Right.OBJECTION: N_("Use not stopped"),
    Right.HUMAN_REVIEW: N_("No review by a person"),
    Right.OTHER: N_("Not done"),
}

# The other outcomes as they are chosen, in a sentence each.
OFFERED: Mapping[Outcome, str] = {
    Outcome.NO_DATA: N_("There are no data"),
    Outcome.NOT_IDENTIFIED: N_("We could not make sure who asks"),
    Outcome.PASSED_ON: N_("Passed on to the controller for whom we process the data"),
    Outcome.CANCELLED: N_("The person cancelled the request"),
}

CHANGES: Mapping[Change, str] = {
    Change.CORRECTION: RIGHTS[Right.RECTIFICATION],
    Change.ERASURE: RIGHTS[Right.ERASURE],
    Change.RESTRICTION: RIGHTS[Right.RESTRICTION],
    Change.STATEMENT: N_("The person’s own statement was added"),
}

WHY_NOT_TOLD: Mapping[WhyNotTold, str] = {
    WhyNotTold.IMPOSSIBLE: N_("Telling is impossible"),
    WhyNotTold.DISPROPORTIONATE: N_("Telling would take a disproportionate effort"),
}

# What was written at a step, by the name of the field.
WRITTEN: Mapping[str, str] = {
    "checked": N_("What was checked"),
    "why_sure": N_("Why it is sure all the same"),
    "why_late": N_("Why it was not asked earlier"),
    "question": N_("Question"),
    "doubt": N_("Why there is doubt"),
    "facts": N_("Facts of this case"),
    "where": N_("Where and how"),
    "answer": N_("What they answered"),
    "seen": N_("What was seen"),
    "note": N_("Note"),
    "why": N_("Why"),
    "data": N_("Data"),
    "reason": N_("Reason"),
    "provision": N_("Act and section"),
    "kept_until": N_("Kept until"),
    "controller": N_("Controller"),
    "old": N_("The data were"),
    "new": N_("The data are now"),
    "what": N_("What was found"),
    "text": N_("Text"),
    "child": N_("The interest of the child"),
    "name": N_("Name of the recipient"),
    "done": N_("What was done"),
}

# Who acts besides staff.
ACTORS: Mapping[str, str] = {
    "person": N_("The person"),
    "form": N_("The form"),
    "worker": N_("The program"),
}

VIEWS: Mapping[View, str] = {
    View.OPEN: N_("All open"),
    View.LATE: N_("Late"),
    View.WEEK: N_("Due within a week"),
    View.NEWS: N_("News from the person"),
    View.UNTAKEN: N_("Nobody has taken it"),
    View.UNCOVERED: N_("Handler away, no deputy"),
    View.MINE: N_("My requests"),
    View.WAITING: N_("Waits for the person"),
    View.DENIED: N_("Somebody says the request is not theirs"),
    View.UNFETCHED: N_("Answer not fetched"),
    View.FAILED: N_("Mail failed"),
    View.SUSPECTS: N_("Suspected spam"),
    View.HELD: N_("Held"),
    View.CLOSED: N_("Closed requests"),
}

# What each view says where it holds nothing.
EMPTY: Mapping[View, str] = {
    View.OPEN: N_("New requests appear here by themselves."),
    View.LATE: N_("Nothing is late."),
    View.WEEK: N_("No last day is within a week."),
    View.NEWS: N_("Nobody has written anything new."),
    View.UNTAKEN: N_("Every request has a case handler."),
    View.UNCOVERED: N_("Everyone who is away has a deputy for their requests."),
    View.MINE: N_("You have taken no request. Open one in the queue and take it."),
    View.WAITING: N_("No request waits for a reply."),
    View.DENIED: N_("Nobody has said that a request is not theirs."),
    View.UNFETCHED: N_("Every answer that was sent has been fetched."),
    View.FAILED: N_("Every mail has gone out."),
    View.SUSPECTS: N_("Nothing is suspected to be spam."),
    View.HELD: N_("No request is held."),
    View.CLOSED: N_("No request has been closed yet."),
}

# Why a request was put aside: what the form saw of its sender.
SUSPICIONS: Mapping[str, str] = {
    "trap": N_("A field was filled that people do not see."),
    "foreign": N_("Another site made the browser send it."),
    "fast": N_("It was sent within three seconds."),
    "many": N_("Many came from the same network within an hour."),
}


def why(suspicion: str | None) -> list[str]:
    """The reasons in words; an unknown one is returned unchanged."""
    return [SUSPICIONS.get(each, each) for each in (suspicion or "").split()]
