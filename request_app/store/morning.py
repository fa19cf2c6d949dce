"""What a new day finds in the queue: the open cases by what is to be known of them.

References and days alone; one query, however many cases there are.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, and_, select

from request_app.store.queue import (
    FAILED,
    LET_IN,
    NEWS,
    UNANSWERED,
    UNTAKEN,
    WEEK,
    has,
    uncovered,
)
from request_app.store.tables import LAST_DAY, OPEN, cases, deliveries
from request_app.store.values import Channel, State


class Topic(StrEnum):
    """What a case can be told of for."""

    LATE = "late"
    NEXT = "next"  # the last lawful day is today or the next working day
    WEEK = "week"  # it is within seven days
    FAILED = "failed"  # a mail was given up
    NEWS = "news"  # the person has written
    UNFETCHED = "unfetched"  # the answer, for seven days or longer
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
            cases.c.entered_at,
            cases.c.channel,
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
        busiest=_busiest(
            [
                row["entered_at"]
                for row in rows
                if row["channel"] is Channel.FORM and row["entered_at"] >= days.since
            ]
        ),
    )


def _conditions(days: Days) -> dict[Topic, ColumnElement[bool]]:
    due = and_(LET_IN, UNANSWERED)
    unfetched = has(
        deliveries.c.case_id,
        deliveries.c.sent_on <= days.today - WEEK,
        deliveries.c.fetched_at.is_(None),
        deliveries.c.handed_on.is_(None),
        deliveries.c.withdrawn_at.is_(None),
    )
    return {
        Topic.LATE: and_(due, days.today > LAST_DAY),
        Topic.NEXT: and_(due, LAST_DAY.between(days.today, days.next)),
        Topic.WEEK: and_(due, LAST_DAY.between(days.today, days.today + WEEK)),
        Topic.FAILED: and_(LET_IN, FAILED),
        Topic.NEWS: and_(LET_IN, NEWS),
        Topic.UNFETCHED: and_(LET_IN, unfetched),
        Topic.NEW: and_(LET_IN, cases.c.entered_at > days.since),
        Topic.UNTAKEN: and_(LET_IN, UNTAKEN),
        Topic.UNCOVERED: and_(LET_IN, uncovered(days.today)),
        Topic.WAITING: and_(LET_IN, cases.c.state == State.WAITING),
        Topic.SUSPECTS: ~LET_IN,
    }


def _busiest(entered: list[datetime]) -> int:
    """The most within a day as the limit counts it, which is a day of UTC."""
    days: dict[date, int] = {}
    for each in entered:
        day = each.astimezone(UTC).date()
        days[day] = days.get(day, 0) + 1
    return max(days.values(), default=0)
