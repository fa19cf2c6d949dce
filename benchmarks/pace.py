"""How fast the desk is with a thousand cases and with two hundred thousand.

    python -m benchmarks.pace [--rounds 15] [--only sqlite]

Fills a database with cases of which most are closed, lets the worker go its round with
nothing to do, then opens the pages of the desk as a colleague would, and tells the
median of each. Last it deletes, some at a time, as the worker does when all that is
closed is due. What is closed must cost nothing: the end is 1 if something asks the
database more often when there are more cases, or takes more than LIMIT times as long
and SLOWEST besides. Where PostgreSQL is installed, it is measured as well.

It is not named after the queue: a file of that name would hide Python's own module.
"""

import argparse
import random
import statistics
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from sqlalchemy import event, text

from request_app import create_desk, logs, migrations
from request_app.cases.records.deletion import (
    BATCH,
    MOST_BATCHES,
    Deleter,
    delete_expired,
)
from request_app.deadlines import local_day, time_limits
from request_app.outbox.worker import work as go_round
from request_app.retention import times_of
from request_app.sealing import keyfiles
from request_app.sealing.keyfiles import read_keyring
from request_app.store import audit, cases, digest_query, notices, queue, tables as t
from request_app.store.database import open_database, reading, writing
from request_app.store.queue import QueueReader, View
from request_app.store.values import (
    Correspondent,
    LetterKind,
    Right,
    Role,
    Sender,
    State,
    Way,
)
from request_app.web.services import NAME
from tests.support.case_steps import case as made_up_case
from tests.support.desk_browser import Browser
from tests.support.filed_requests import NOTICE, file
from tests.support.form_app import settings
from tests.support.post_office import PostOffice, worker_of
from tests.support.postgres import cluster, programs
from tests.support.staff_accounts import hire, sign_in_quickly

CHECKOUT = Path(__file__).parent.parent
SEED = 20261122
LIMIT = 2.0
SLOWEST = 5.0  # milliseconds that a machine may always take more
NOW = datetime.now(UTC).replace(microsecond=0)
TODAY = local_day(NOW)
ENVELOPE = bytes(300)  # nobody opens it
ME = "0" * 32


class Size(NamedTuple):
    """How many cases there are, and how many of them are open."""

    cases: int
    open: int

    def __str__(self):
        return f"{self.cases:,} ({self.open:,} open)"


# The second and the third differ in what is closed alone.
SIZES = (Size(1_000, 500), Size(5_000, 3_000), Size(200_000, 3_000))


# ---------------------------------------------------------------- filling


def fill(engine, size):
    """Write cases with what belongs to them, past all checks: it takes seconds."""
    chance = random.Random(SEED)
    numbers = range(size.cases)
    opened = set(chance.sample(numbers, size.open))
    made = [new_case(chance, number, number in opened) for number in numbers]
    made.sort(key=lambda case: case.received_at)  # as they would have come
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("PRAGMA cache_size = -500000"))
        else:
            connection.execute(text("SET LOCAL statement_timeout = 0"))
        notices.keep(connection, NOTICE, now=NOW)
        copy(connection, t.cases, (vars(each) for each in made))
        for table, rows in BELONGING.items():
            copy(connection, table, (row for each in made for row in rows(each)))
        copy(connection, t.audit, trail(made))
    if engine.dialect.name == "postgresql":  # as its autovacuum does in time
        with engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.execute(text("SET statement_timeout = 0"))
            connection.execute(text("VACUUM ANALYZE"))


def new_case(chance, number, is_open):
    age = chance.randint(0, 40) if is_open else chance.randint(30, 730)
    received_at = NOW - timedelta(days=age, minutes=chance.randint(0, 1440))
    when = limits_of(local_day(received_at))
    closed_at = None if is_open else received_at + timedelta(days=chance.randint(3, 29))
    return replace(
        made_up_case(notice_hash=NOTICE.hash),
        id=f"{chance.getrandbits(128):032x}",
        reference=f"{number:08}",
        code_hash=f"{chance.getrandbits(256):064x}",
        received_at=received_at,
        received_on=when.received_on,
        entered_at=received_at,
        raw_due=when.raw_due,
        due=when.due,
        raw_extended_due=when.raw_extended_due,
        extended_due=when.extended_due,
        aim_on=when.received_on + timedelta(days=14),
        state=chance.choice([State.RECEIVED, State.WORKING, State.WAITING])
        if is_open
        else State.CLOSED,
        handler_id=None if is_open and chance.random() < 0.3 else ME,
        suspicion="trap" if is_open and chance.random() < 0.02 else None,
        restricted=is_open and chance.random() < 0.01,
        answered_on=local_day(closed_at) if closed_at else None,
        closed_at=closed_at,
    )


@cache
def limits_of(day):
    return time_limits(datetime.combine(day, time(12), tzinfo=UTC))


def rights(case):
    yield {"case_id": case.id, "kind": Right.ACCESS}
    if case.id[0] in "01234567":
        yield {"case_id": case.id, "kind": Right.ERASURE}


def has_words(case):
    """As it is where the worker has emptied what was closed long ago."""
    return case.closed_at is None or case.closed_at > NOW - timedelta(days=360)


def parts(case):
    for kind in ("person", "request") if has_words(case) else ("person",):
        yield {
            "id": case.id[:24] + kind,
            "case_id": case.id,
            "kind": kind,
            "envelope": ENVELOPE,
            "sealed_at": case.entered_at,
        }


def mails(case):
    failed = case.id.endswith("00")
    yield {
        "id": case.id,
        "case_id": case.id,
        "kind": "received",
        "language": "fi",
        "address": ENVELOPE,
        "facts": {"reference": case.reference},
        "message_id": f"<{case.id}@seloste.example>",
        "created_at": case.entered_at,
        "tries": 1,
        "next_try_at": None,
        "sent_at": None if failed else case.entered_at,
        "failed_at": case.entered_at if failed else None,
    }


def contacts(case):
    """One that says the case was looked at, and an address: some have two cases."""
    for of_whom in (case.id, f"address {case.id[:4]}"):
        yield {"case_id": case.id, "hash": sha256(of_whom.encode()).hexdigest()}


def messages(case):
    if case.id[0] in "01" and has_words(case):
        yield {
            "id": case.id,
            "case_id": case.id,
            "sender": Sender.PERSON,
            "for_desk": ENVELOPE,
            "for_person": ENVELOPE,
            "written_at": case.entered_at,
            "read_at": None if case.id[1] in "01" else case.entered_at,
        }


def steps(case):
    for number in range(1 if case.closed_at is None else 6):
        yield {
            "id": f"{case.id}-{number}",
            "case_id": case.id,
            "number": number + 1,
            "kind": "noted",
            "actor": "staff:aino",
            "at": case.entered_at,
            "facts": '{"kind":"noted"}',
            "sealed": ENVELOPE,
            "sealed_values": None,
        }


def letters(case):
    if case.closed_at:
        yield {
            "id": case.id,
            "case_id": case.id,
            "kind": LetterKind.ANSWER,
            "addressee": Correspondent.PERSON,
            "recipient": None,
            "language": "fi",
            "way": Way.LETTER,
            "sealed": ENVELOPE,
            "actor": "staff:aino",
            "entered_at": case.closed_at,
            "sent_on": case.answered_on,
        }


def deliveries(case):
    if case.closed_at or case.id[0] == "2":
        sent = case.closed_at or case.received_at
        yield {
            "id": case.id,
            "case_id": case.id,
            "package_id": None,
            "way": Way.LETTER,
            "code_hash": case.code_hash,
            "needs_access_code": False,
            "key_for_person": None,
            "actor": "staff:aino",
            "made_at": sent,
            "sent_on": local_day(sent),
            "fetched_at": case.closed_at,
            "handed_on": None,
            "reminded_at": None,
            "withdrawn_at": None,
        }


BELONGING = {
    t.case_rights: rights,
    t.sealed_parts: parts,
    t.contact_hashes: contacts,
    t.outbox: mails,
    t.messages: messages,
    t.steps: steps,
    t.letters: letters,
    t.deliveries: deliveries,
}


def trail(made):
    """Rows as the trail has them; nobody verifies this chain."""
    for number, case in enumerate(case for case in made for _ in range(2)):
        yield {
            "seq": number + 1,
            "at": case.entered_at,
            "actor": "form",
            "action": "case.accepted",
            "case_id": case.id,
            "facts": {"reference": case.reference},
            "previous": audit.CHAIN_START,
            "digest": audit.CHAIN_START,
        }


def copy(connection, table, rows):
    """Write many rows of a table as fast as its database takes them."""
    columns = list(table.columns)
    names = ", ".join(column.name for column in columns)
    dialect = connection.dialect
    ways = [
        column.type.dialect_impl(dialect).bind_processor(dialect) for column in columns
    ]
    plain = (
        tuple(
            way(row[column.name]) if way else row[column.name]
            for column, way in zip(columns, ways, strict=True)
        )
        for row in rows
    )
    driver = connection.connection.driver_connection
    if dialect.name == "postgresql":
        with driver.cursor().copy(f"COPY {table.name} ({names}) FROM STDIN") as out:
            for row in plain:
                out.write_row(row)
    else:
        marks = ", ".join("?" * len(columns))
        sql = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608
        driver.executemany(sql, plain)


# ---------------------------------------------------------------- measuring


class Place:
    """A desk on a filled database, and a colleague who is signed in to it."""

    def __init__(self, url, folder, size):
        engine = open_database(url)
        migrations.upgrade(engine)
        fill(engine, size)
        engine.dispose()
        self.desk = create_desk(settings(url, folder))
        self.engine = self.desk.extensions[NAME].engine
        self.browser = Browser(
            self.desk, sign_in_quickly(self.desk, hire(self.desk, role=Role.ADMIN))
        )
        self.token = self.browser.token()
        self.reference = self._real_case()
        self.queries = 0
        event.listen(self.engine, "before_cursor_execute", self._count)

    def _count(self, _connection, _cursor, sql, *_):
        self.queries += sql.lstrip().startswith(("SELECT", "WITH"))

    def _real_case(self):
        """One that can be opened: sealed to the keys of this desk."""
        settings = self.desk.extensions[NAME].case_settings()
        with writing(self.engine) as connection:
            notice = self.desk.extensions[NAME].published.edition().notice
            notices.keep(connection, notice, now=NOW)
            receipt = file(connection, settings=settings)
            case = cases.by_reference(connection, receipt.reference)
            cases.save(connection, replace(case, notice_hash=notice.hash))
        return receipt.reference

    def worker(self):
        """Nothing is due, once what has arrived was acknowledged."""
        app_services = self.desk.extensions[NAME]
        ring = read_keyring(app_services.settings.desk_keys)
        content = app_services.published.edition().content
        return worker_of(self.engine, ring, PostOffice(), content)

    def page(self, address, status=200):
        answer = self.browser.client.get(address, base_url="https://localhost")
        assert answer.status_code == status, (address, answer.status_code)

    def find(self):
        data = {"csrf_token": self.token, "reference": self.reference}
        answer = self.browser.client.post(
            "/desk/find", data=data, base_url="https://localhost"
        )
        assert answer.status_code == 303, answer.status_code


def works(place):
    """What is measured, by its name."""
    reader = QueueReader(ME, sees_all=False)

    def sums():
        with reading(place.engine) as connection:
            queue.totals(connection, reader=reader, today=TODAY)

    def digest():
        days = digest_query.DigestDays(
            today=TODAY, next=TODAY + timedelta(days=1), since=NOW - timedelta(days=1)
        )
        with reading(place.engine) as connection:
            digest_query.read_open_cases(connection, days)
            audit.head_of(connection)

    worker = place.worker()
    yield "a round of the worker", lambda: go_round(worker, now=lambda: NOW)
    yield "the queue", lambda: place.page("/desk/")
    for view in (
        View.LATE,
        View.NEWS,
        View.MINE,
        View.UNCOVERED,
        View.HELD,
        View.CLOSED,
    ):
        yield f"the queue: {view}", lambda view=view: place.page(f"/desk/?view={view}")
    yield "its sums alone", sums
    yield "search by reference", place.find
    yield "the digest", digest
    for name, ending in (("the page of a case", ""), ("the file of a case", "file")):
        address = f"/desk/cases/{place.reference}/{ending}"
        yield name, lambda address=address: place.page(address)


class Pace(NamedTuple):
    milliseconds: float
    queries: int


class Batch:
    """A transaction of the worker: how many cases it forgot, and what that took."""

    def __init__(self):
        self.cases = self.queries = 0
        self.deletes = False
        self.began = perf_counter()

    def note(self, sql):
        """Of each case that is forgotten the trail gets a row."""
        self.queries += sql.startswith(("SELECT", "WITH"))
        self.cases += sql.startswith("INSERT INTO audit")
        self.deletes |= sql.startswith("DELETE FROM cases")


def deletion(place):
    """What a batch takes when everything that is closed is due; it ends the place."""
    parts, batches = place.desk.extensions[NAME], [Batch()]
    edition = parts.published.edition()
    deleter = Deleter(engine=place.engine, settings=parts.case_settings())

    def begin(_connection):
        batches.append(Batch())

    def end(_connection):
        batches[-1].took = (perf_counter() - batches[-1].began) * 1000

    def note(_connection, _cursor, sql, *_):
        batches[-1].note(sql)

    listeners = {"begin": begin, "commit": end, "before_cursor_execute": note}
    for name, listener in listeners.items():
        event.listen(place.engine, name, listener)
    times = times_of(edition.content.registers)
    delete_expired(deleter, edition, times, now=NOW + timedelta(days=4 * 366))
    for name, listener in listeners.items():
        event.remove(place.engine, name, listener)
    assert max(batch.cases for batch in batches) == BATCH, "a batch has no bound"
    for name, deletes in (("emptying 50 cases", False), ("deleting 50 cases", True)):
        full = [b for b in batches if b.cases == BATCH and b.deletes is deletes]
        assert len(full) <= MOST_BATCHES, "a round has no bound"
        yield (
            name,
            Pace(
                statistics.median(batch.took for batch in full),
                statistics.mode(batch.queries for batch in full),
            ),
        )


def measure(place, work, rounds):
    work()
    place.queries = 0
    work()
    queries, times = place.queries, []
    for _ in range(rounds):
        began = perf_counter()
        work()
        times.append((perf_counter() - began) * 1000)
    return Pace(statistics.median(times), queries)


@contextmanager
def databases(only):
    """The addresses of new databases, by the name of their kind."""
    kinds, disk = {}, CHECKOUT / "var"  # a disk, not memory, and out of git's sight
    disk.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=disk) as folder:
        kinds["sqlite"] = lambda number: f"sqlite:///{folder}/{number}.sqlite3"
        found = programs()
        if found is None or only == "sqlite":
            yield {"sqlite": kinds["sqlite"]}
            return
        with cluster(found) as postgres:

            def new(number):
                engine = open_database(postgres.url("postgres"))
                with engine.connect() as connection:
                    connection.execution_options(isolation_level="AUTOCOMMIT")
                    connection.execute(text(f"CREATE DATABASE pace_{number}"))
                engine.dispose()
                return postgres.url(f"pace_{number}")

            yield kinds | {"postgresql": new}


def compare(name, new, rounds):
    """Measure every size of one kind of database, print it, and tell what grew."""
    found = {}
    for number, size in enumerate(SIZES):
        with tempfile.TemporaryDirectory() as keys:
            folder = Path(keys)
            keyfiles.create(folder / "desk", folder / "form")
            keyfiles.make_desk_secret(folder / "desk")
            began = perf_counter()
            place = Place(new(number), folder, size)
            print(
                f"{name}: {size} filled in {perf_counter() - began:.0f} s", flush=True
            )
            for what, work in works(place):
                found.setdefault(what, []).append(measure(place, work, rounds))
            for what, pace in deletion(place):
                found.setdefault(what, []).append(pace)
            place.engine.dispose()
    print(f"\n{name:24}" + "".join(f"{size!s:>24}" for size in SIZES))
    for what, paces in found.items():
        told = (f"{each.milliseconds:10.1f} ms {each.queries:3} SQL" for each in paces)
        print(f"{what:24}" + "".join(f"{each:>24}" for each in told))
    print()
    return list(grown(name, found))


def grown(name, found):
    for what, paces in found.items():
        if paces[-1].queries > paces[0].queries:
            yield f"{name}, {what}: more queries where there are more cases"
        few, many = paces[1].milliseconds, paces[2].milliseconds
        if many > few * LIMIT + SLOWEST:
            yield f"{name}, {what}: what is closed makes it slower"


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    chosen = parser.parse_args()
    logs.LOGGER.disabled = True
    with databases(chosen.only) as kinds:
        faults = [
            fault
            for name, new in kinds.items()
            if chosen.only in {None, name}
            for fault in compare(name, new, chosen.rounds)
        ]
    print("\n".join(faults) or "Nothing grows with what is closed.")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
