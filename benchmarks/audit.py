"""How long it takes to check the audit trail, and in how much memory.

python benchmarks/audit.py [ROWS]

On two shared cores: 10,000 rows checked in 0.4 s; memory does not grow with the rows.
"""

import resource
import sys
import tempfile
from datetime import UTC, datetime
from time import perf_counter

from request_app import migrations
from request_app.store import audit, chain
from request_app.store.database import open_database, writing


def main():
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{folder}/seloste.sqlite3")
        migrations.upgrade(engine)
        took("written", lambda: write(engine, rows), rows)
        took("checked", lambda: chain.check(engine), rows)
        engine.dispose()


def write(engine, rows):
    now, facts = datetime.now(UTC), {"reference": "BCDF-2345"}
    with writing(engine) as connection:
        for number in range(rows):
            audit.append(
                connection,
                at=now,
                actor="form",
                action="case.accepted",
                case_id=str(number),
                facts=facts,
            )


def took(what, work, rows):
    started = perf_counter()
    work()
    seconds = perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{rows} rows {what} in {seconds:.2f} s; {memory} MB")


if __name__ == "__main__":
    main()
