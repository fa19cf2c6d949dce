"""The worker deletes by the notice as it is at that moment."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from generator.content.problems import ContentError
from request_app.outbox.worker import KEEP_NONCES, work
from request_app.published import edition_of
from request_app.retention import RULES
from request_app.sealing import Keyring
from request_app.store import audit, limits, tables
from request_app.store.database import reading, writing
from tests.support.filed_requests import DESK_KEY, NOW
from tests.support.finished_cases import DAY, whole
from tests.support.form_app import url_of
from tests.support.gunicorn_server import until
from tests.support.post_office import PostOffice, worker_of

RING = Keyring([DESK_KEY])
THREE_YEARS = 3 * 366 * DAY
KILLED = """
import sys
from tests.request_app.outbox.test_scheduled_deletion import clear_slowly
clear_slowly(*sys.argv[1:])
"""


def edition_without(small, *, register="data-protection-requests"):
    others = tuple(each for each in small.registers if each.id != register)
    return edition_of(replace(small, registers=others))


def with_years(small, years):
    """The edition of a notice that keeps cases for so many years."""
    registers = []
    for each in small.registers:
        told = [
            period.model_copy(update={"years": years} if period.years else {})
            for period in each.retention or ()
        ]
        changed = {"retention": tuple(told)}
        own = each.id == "data-protection-requests"
        registers.append(each.model_copy(update=changed) if own else each)
    return edition_of(replace(small, registers=tuple(registers)))


def worked(engine, small, now, edition=None):
    worker = worker_of(engine, RING, PostOffice(), small)
    if edition:
        worker = replace(worker, edition=edition)
    return work(worker, now=lambda: now)


def count(engine, table=tables.cases):
    with reading(engine) as connection:
        return connection.scalar(select(func.count()).select_from(table))


def events(caplog):
    return [each.getMessage() for each in caplog.records]


def test_it_deletes_what_is_due(engine, small):
    whole(engine)

    worked(engine, small, NOW + THREE_YEARS)

    assert count(engine) == 0


def test_without_the_register_nothing_is_deleted_and_the_log_says_so_daily(
    engine, small, caplog
):
    whole(engine)
    edition = edition_without(small)
    for hours in (0, 1, 2, 30):
        now = NOW + THREE_YEARS + timedelta(hours=hours)
        worked(engine, small, now, lambda: edition)

    assert count(engine) == 1
    assert count(engine, tables.messages) == 2
    assert events(caplog).count("no-register-of-requests") == 2


def test_times_that_became_wrong_delete_nothing(engine, small, caplog):
    whole(engine)
    edition = with_years(small, 30)

    worked(engine, small, NOW + THREE_YEARS, lambda: edition)

    assert count(engine) == 1
    assert "retention-at-fault" in events(caplog)


def test_a_notice_that_cannot_be_read_deletes_nothing(engine, small):
    whole(engine)

    def broken():
        raise ContentError([])

    worked(engine, small, NOW + THREE_YEARS, broken)

    assert count(engine) == 1


def test_counters_are_kept_as_long_as_the_notice_says(engine, small):
    with writing(engine) as connection:
        limits.record_attempt(connection, "form", "somebody", now=NOW)

    worked(engine, small, NOW + timedelta(hours=23))
    assert count(engine, tables.rate_limits) == 1
    worked(engine, small, NOW + timedelta(hours=25))
    assert count(engine, tables.rate_limits) == 0


def test_a_nonce_goes_before_its_case_can():
    assert RULES["case_and_letters"].least.length > KEEP_NONCES


def clear_slowly(url, path):
    """A worker for the test to kill: it deletes one case after the other."""
    from generator.content.reader import read_content  # noqa: PLC0415
    from request_app.cases.records import deletion  # noqa: PLC0415
    from request_app.store.database import open_database  # noqa: PLC0415

    engine, small = open_database(url), read_content(Path(path))
    worker = worker_of(engine, RING, PostOffice(), small)
    deletion.MOST_BATCHES = 1000
    worker = replace(worker, deleter=replace(worker.deleter, batch=1))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    work(worker, now=lambda: NOW + THREE_YEARS)


@pytest.mark.parametrize("moment", [1, 15])
def test_a_worker_that_is_killed_leaves_no_half_case(engine, small, moment):
    """What is gone is gone whole, with its rows in trail and statistics."""
    for number in range(12):
        whole(engine, f"case {number}".encode())
    url = url_of(engine).replace("+psycopg", "")
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, url, str(small.root)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONWARNINGS": "default"},
    ) as worker:
        assert worker.stdout.readline()
        assert until(lambda: told(engine) >= moment or worker.poll() is not None)
        worker.send_signal(signal.SIGKILL)

    left, gone = count(engine), trail(engine, "case.deleted")
    assert left + gone == 12
    assert rows_without_case(engine) == gone
    worked(engine, small, NOW + THREE_YEARS)
    assert (count(engine), trail(engine, "case.deleted")) == (0, 12)
    assert trail(engine, "case.emptied") == 12


def trail(engine, action):
    with reading(engine) as connection:
        return sum(each.action == action for each in audit.entries(connection))


def told(engine):
    return trail(engine, "case.emptied") + trail(engine, "case.deleted")


def rows_without_case(engine):
    alone = text("SELECT count(*) FROM statistics WHERE case_id IS NULL")
    with reading(engine) as connection:
        return connection.scalar(alone)
