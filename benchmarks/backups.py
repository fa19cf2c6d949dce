"""How long a back-up and its restoration take, and in how much memory.

python benchmarks/backups.py [FILES]

The database holds so many files of 20 MB, the biggest that are handed over.
"""

import resource
import secrets
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from sqlalchemy import insert

from request_app import migrations
from request_app.backup.create import Job, make
from request_app.backup.read_backup import open_backup
from request_app.backup.restore import RestoreOptions, restore
from request_app.sealing import OpeningKey
from request_app.store.database import open_database, writing
from request_app.store.tables import package_files, packages
from tests.support.filed_requests import file

MEGABYTES = 20
NOW = datetime.now(UTC)


def main():
    files = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    key = OpeningKey.generate()
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{folder}/seloste.sqlite3")
        migrations.upgrade(engine)
        fill(engine, files)
        told("before", 0.0)
        made = Path(folder) / "x.backup"
        job = Job(engine=engine, key=key.public, files=(), product="0", now=NOW)
        took("backed up", lambda: make(job, made))
        print(f"{made.stat().st_size / 1e6:.0f} MB")
        took("opened", lambda: open_backup(made, key))
        url = f"sqlite:///{folder}/restored.sqlite3"
        opened = open_backup(made, key)
        took(
            "restored", lambda: restore(opened, url, RestoreOptions(actor="x", now=NOW))
        )
        engine.dispose()


def fill(engine, files):
    with writing(engine) as connection:
        file(connection)
        case = connection.exec_driver_sql("SELECT id FROM cases").scalar()
        row = {"id": "p", "case_id": case, "public_key": bytes(32), "made_at": NOW}
        connection.execute(insert(packages), row | {"key_for_desk": b"x"})
    for number in range(files):
        row = {
            "id": str(number),
            "package_id": "p",
            "position": number,
            "name": b"x",
            "content": secrets.token_bytes(MEGABYTES * 1024 * 1024),
            "size": 1,
        }
        with writing(engine) as connection:
            connection.execute(insert(package_files), row)


def took(what, work):
    started = perf_counter()
    work()
    told(what, perf_counter() - started)


def told(what, seconds):
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{what:10} {seconds:6.2f} s   at most {memory} MB so far")


if __name__ == "__main__":
    main()
