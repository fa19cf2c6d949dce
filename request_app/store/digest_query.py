"""Open cases grouped for the daily digest: references and days, nothing personal.

It takes two queries, however many cases there are.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

import sqlalchemy as sa

from request_app.store import queue
from request_app.store.tables import LAST_DAY, OPEN, cases, deliveries
from request_app.store.values import Channel


class Topic(StrEnum):
    """Why the digest names a case."""

    LATE = "late"
    NEXT = "next"  # the last lawful day is today or the next working day
    WEEK = "week"  # the last lawful day is within seven days
    FAILED = "failed"  # a mail was given up
    NEWS = "news"  # the requester has written
    DENIED = "denied"  # somebody says that they did not make the request
    UNFETCHED = "unfetched"  # the answer, for seven days or longer, or withdrawn
    NEW = "new"  # since the last digest
    UNTAKEN = "untaken"
    UNCOVERED = "uncovered"  # the handler is absent without a deputy at work
    WAITING = "waiting"  # for the requester
    SUSPECTS = "suspects"


@dataclass(frozen=True, kw_only=True)
class DigestDays:
    """The days by which cases are assigned to topics."""

    today: date
    next: date  # the next working day
    since: datetime  # when the last digest was sent


@dataclass(frozen=True, kw_only=True)
class OpenCases:
    """The references of the cases of each topic, the earliest last day first."""

    open: int
    topics: dict[Topic, list[str]]
    busiest: int  # requests from the form on the busiest day since the last digest

    @property
    def need_no_work(self) -> bool:
        """Whether the desk has nothing to do but wait for requesters."""
        return not any(
            references
            for topic, references in self.topics.items()
            if topic is not Topic.WAITING
        )


def read_open_cases(connection: sa.Connection, days: DigestDays) -> OpenCases:
    """Read all open cases; restricted ones are included, by reference only."""
    conditions = _conditions(days)
    query = (
        sa.select(
            cases.c.reference,
            cases.c.suspicion,
            *(condition.label(topic.value) for topic, condition in conditions.items()),
        )
        .where(OPEN)
        .order_by(LAST_DAY, cases.c.id)
    )
    rows = connection.execute(query).mappings().all()
    return OpenCases(
        open=sum(row["suspicion"] is None for row in rows),
        topics={
            topic: [row["reference"] for row in rows if row[topic.value]]
            for topic in Topic
        },
        busiest=_busiest(connection, days.since),
    )


def _conditions(days: DigestDays) -> Mapping[Topic, sa.ColumnElement[bool]]:
    """The conditions of the queue's views, and those that only the digest has."""
    waited = queue.has(
        deliveries.c.case_id,
        deliveries.c.sent_on <= days.today - queue.WEEK,
        deliveries.c.fetched_at.is_(None),
        deliveries.c.handed_on.is_(None),
        deliveries.c.withdrawn_at.is_(None),
    )
    unfetched = sa.or_(waited, queue.UNDELIVERED)
    views, topics = queue.conditions(days.today), {each.value for each in Topic}
    return {Topic(view): views[view] for view in views if view.value in topics} | {
        Topic.NEXT: sa.and_(queue.DUE, LAST_DAY.between(days.today, days.next)),
        Topic.NEW: sa.and_(queue.LET_IN, cases.c.entered_at > days.since),
        Topic.UNFETCHED: sa.and_(queue.LET_IN, unfetched),
    }


def _busiest(connection: sa.Connection, since: datetime) -> int:
    """The most requests the form took on one day of UTC, as its limit counts them."""
    query = sa.select(cases.c.entered_at).where(
        cases.c.channel == Channel.FORM,
        cases.c.entered_at >= since,
        sa.or_(OPEN, cases.c.closed_at >= since),  # an index has the recently closed
    )
    days = Counter(
        entered.astimezone(UTC).date() for entered in connection.scalars(query)
    )
    return max(days.values(), default=0)
