"""The enumerations stored in columns."""

from enum import StrEnum


class Right(StrEnum):
    """The rights a requester can use, by the ids of the law pack."""

    ACCESS = "access"  # GDPR Art. 15
    RECTIFICATION = "rectification"  # Art. 16
    ERASURE = "erasure"  # Art. 17
    RESTRICTION = "restriction"  # Art. 18
    PORTABILITY = "portability"  # Art. 20
    OBJECTION = "objection"  # Art. 21(1)
    MARKETING = "marketing-objection"  # Art. 21(2): no direct marketing
    WITHDRAWAL = "consent-withdrawal"  # Art. 7(3): of consent
    HUMAN_REVIEW = "human-review"  # Art. 22(3)
    OTHER = "other"  # no right need be named (EDPB 01/2022 ¶50)


AT_ONCE = frozenset({Right.MARKETING, Right.WITHDRAWAL})  # Art. 21(3), 7(3)


class Channel(StrEnum):
    """How a request arrived."""

    FORM = "form"
    EMAIL = "email"
    LETTER = "letter"
    PHONE = "phone"
    VISIT = "visit"
    OTHER = "other"


class State(StrEnum):
    """The state of a case as the requester sees it."""

    RECEIVED = "received"
    WORKING = "working"
    WAITING = "waiting"
    READY = "ready"
    CLOSED = "closed"


class Sender(StrEnum):
    """Who wrote a message."""

    PERSON = "person"
    DESK = "desk"


class Role(StrEnum):
    """What a member of staff may do; each role includes those above it."""

    VIEWER = "viewer"  # sees the queue and opens cases
    HANDLER = "handler"  # asianhoitaja: answers them
    ADMIN = "admin"  # decides who may open a case


class SignInStage(StrEnum):
    """How far a sign-in has proceeded."""

    PASSWORD = "password"  # noqa: S105 - the second factor is still to come
    SIGNED_IN = "signed-in"


class Correspondent(StrEnum):
    """To whom a letter goes."""

    PERSON = "person"
    RECIPIENT = "recipient"  # of the data: GDPR Art. 19


class Way(StrEnum):
    """How something is delivered to the requester."""

    STATUS_PAGE = "status-page"  # behind the access code
    EMAIL = "email"  # a code by mail, to be used on the site
    LETTER = "letter"
    BY_HAND = "by-hand"
    PHONE = "phone"


class LetterKind(StrEnum):
    """The purpose of a letter."""

    RECEIVED = "received"
    IDENTITY = "identity"
    CLARIFICATION = "clarification"
    EXTENSION = "extension"
    LATE = "late"
    ANSWER = "answer"
    RESTRICTION_LIFTED = "restriction-lifted"
    TO_RECIPIENT = "to-recipient"
    MESSAGE = "message"
