"""What a new day finds in the queue: the open cases by what is to be known of them.

References and days alone; two queries, however many cases there are.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from request_app.store.queue import DUE, LET_IN, UNDELIVERED, WEEK, has, kinds
from request_app.store.tables import LAST_DAY, OPEN, cases, deliveries
from request_app.store.values import Channel


class Topic(StrEnum):
    """What a case can be told of for."""

    LATE = "late"
    NEXT = "next"  # the last lawful day is today or the next working day
    WEEK = "week"  # it is within seven days
    FAILED = "failed"  # a mail was given up
    NEWS = "news"  # the person has written
    DENIED = "denied"  # somebody says that it is not theirs
    UNFETCHED = "unfetched"  # the answer, for seven days or longer, or withdrawn
    NEW = "new"  # since the team was last told
    UNTAKEN = "untaken"
    UNCOVERED = "uncovered"  # the handler is away, and nobody deputises
    WAITING = "waiting"  # for the person
    SUSPECTS = "suspects"


@dataclass(frozen=True, kw_only=True)
class Days:
    """The days by which cases are told apart."""

    today: date
    next: date  # the next working day
    since: datetime  # when the team was last told


@dataclass(frozen=True, kw_only=True)
class Morning:
    """The references of each topic, what is due first at the top."""

    open: int
    topics: dict[Topic, list[str]]
    busiest: int  # how many requests the form took on the fullest day since

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is to be done; waiting for the person is not doing."""
        return not any(
            references
            for topic, references in self.topics.items()
            if topic is not Topic.WAITING
        )


def survey(connection: Connection, days: Days) -> Morning:
    """Look at all open cases; of restricted ones the reference is told as well."""
    conditions = _conditions(days)
    found = (
        select(
            cases.c.reference,
            cases.c.suspicion,
            *(condition.label(topic.value) for topic, condition in conditions.items()),
        )
        .where(OPEN)
        .order_by(LAST_DAY, cases.c.id)
    )
    rows = connection.execute(found).mappings().all()
    return Morning(
        open=sum(row["suspicion"] is None for row in rows),
        topics={
            topic: [row["reference"] for row in rows if row[topic.value]]
            for topic in Topic
        },
        busiest=_busiest(connection, days.since),
    )


def _conditions(days: Days) -> Mapping[Topic, ColumnElement[bool]]:
    """As the queue sorts them, and what only a new day tells."""
    waited = has(
        deliveries.c.case_id,
        deliveries.c.sent_on <= days.today - WEEK,
        deliveries.c.fetched_at.is_(None),
        deliveries.c.handed_on.is_(None),
        deliveries.c.withdrawn_at.is_(None),
    )
    queued, topics = kinds(days.today), {each.value for each in Topic}
    return {Topic(view): queued[view] for view in queued if view.value in topics} | {
        Topic.NEXT: and_(DUE, LAST_DAY.between(days.today, days.next)),
        Topic.NEW: and_(LET_IN, cases.c.entered_at > days.since),
        Topic.UNFETCHED: and_(LET_IN, or_(waited, UNDELIVERED)),
    }


def _busiest(connection: Connection, since: datetime) -> int:
    """The most that the form took within a day of UTC, as its limit counts them."""
    found = select(cases.c.entered_at).where(
        cases.c.channel == Channel.FORM,
        cases.c.entered_at >= since,
        or_(OPEN, cases.c.closed_at >= since),  # what is closed since has an index
    )
    days = Counter(
        entered.astimezone(UTC).date() for entered in connection.scalars(found)
    )
    return max(days.values(), default=0)
