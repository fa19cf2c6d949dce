"""How many requests the form takes in a second, beside what this machine can do.

    python benchmarks/requests.py [seconds]

Three things in one run, in one process with four threads: an empty view of Flask, one
durable insert into SQLite, and a request taken from the form as it was sent.
"""

import statistics
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter

from flask import Flask
from sqlalchemy import text

from request_app import logs, migrations
from request_app.sealing import keyfiles
from request_app.store.database import open_database, writing
from tests.support.form_app import client_of, running
from tests.support.request_writer import filled

CHECKOUT = Path(__file__).parent.parent
THREADS = 4
TEXT = "Haluan tietää, mitä tietoja minusta on. " * 10


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
    logs.LOGGER.disabled = True
    with tempfile.TemporaryDirectory(dir=CHECKOUT) as folder:  # a disk, not memory
        for name, work in works(Path(folder)):
            report(name, measure(work, seconds), seconds)


def works(folder):
    engine = open_database(f"sqlite:///{folder}/seloste.sqlite3")
    migrations.upgrade(engine)
    yield "a bare view of Flask", bare_view()
    yield "a bare durable insert", bare_insert(engine)
    yield "a request taken", request_taken(engine, folder)


def bare_view():
    app = Flask("bare")
    app.add_url_rule("/", "index", lambda: "ok")
    return lambda: app.test_client(use_cookies=False).get("/")


def bare_insert(engine):
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE bare (body TEXT) STRICT"))
    insert = text("INSERT INTO bare VALUES (:body)")

    def work():
        with writing(engine) as connection:
            connection.execute(insert, {"body": "x" * 1500})

    return work


def request_taken(engine, folder):
    app = running(engine, folder, HOUR_LIMIT=10_000, DAY_LIMIT=1_000_000)
    secret = keyfiles.read_form_secret(folder / "form")

    def work():
        answer = client_of(app).post("/request/", data=filled(secret, TEXT))
        assert answer.status_code == 200, answer.status_code

    return work


def measure(work, seconds):
    work()
    end = perf_counter() + seconds

    def worker(_):
        times = []
        while perf_counter() < end:
            started = perf_counter()
            work()
            times.append(perf_counter() - started)
        return times

    with ThreadPoolExecutor(THREADS) as pool:
        return [each for times in pool.map(worker, range(THREADS)) for each in times]


def report(name, times, seconds):
    p95 = statistics.quantiles(times, n=20)[-1] * 1000
    print(f"{name:24} {len(times) / seconds:9.0f} a second   p95 {p95:7.1f} ms")


if __name__ == "__main__":
    main()
