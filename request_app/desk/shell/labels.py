"""The values of the store in the words of the desk; translated where they are shown."""

from collections.abc import Mapping

from generator.languages import N_
from request_app.cases.delivery.deliver import Standing
from request_app.store.queue import View
from request_app.store.values import Channel, Right, State

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

STATES: Mapping[State, str] = {
    State.RECEIVED: N_("New"),
    State.WORKING: N_("Being worked on"),
    State.WAITING: N_("Waits for the person"),
    State.READY: N_("Answered"),
    State.CLOSED: N_("Closed"),
}

REACHED: Mapping[Standing, str] = {
    Standing.WAITING: N_("The mail waits to be sent"),
    Standing.SENT: N_("Sent, not fetched yet"),
    Standing.MAIL_FAILED: N_("The mail failed for good"),
    Standing.FETCHED: N_("Fetched by the person"),
    Standing.HANDED: N_("Handed over"),
    Standing.WITHDRAWN: N_("Withdrawn: its code opens nothing"),
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
    """The reasons in words; one that we no longer know stays as it is."""
    return [SUSPICIONS.get(each, each) for each in (suspicion or "").split()]
