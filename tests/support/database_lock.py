"""A program for the tests: holds the whole database until it is told to let go."""

import os
import subprocess
import sys
from contextlib import contextmanager

from sqlalchemy import create_engine

from tests.conftest import CHECKOUT

LOCKS = {
    "sqlite": ["BEGIN EXCLUSIVE"],
    "postgresql": ["BEGIN", "LOCK TABLE cases, form_nonces, rate_limits"],
}


@contextmanager
def locked(url):
    """Another process holds the lock as long as this lasts."""
    command = [sys.executable, "-m", "tests.support.database_lock", url]
    environ = os.environ | {"PYTHONPATH": str(CHECKOUT)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environ
    ) as holder:
        assert holder.stdout.readline() == b"locked\n"
        yield
        assert holder.poll() is None, "it was held to the end"
        holder.communicate()


def hold(url):
    engine = create_engine(
        url.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        for statement in LOCKS[engine.dialect.name]:
            connection.exec_driver_sql(statement)
        print("locked", flush=True)  # noqa: T201 - whom it tells
        sys.stdin.read()  # until the other end is closed
        connection.exec_driver_sql("ROLLBACK")
    engine.dispose()


if __name__ == "__main__":
    hold(sys.argv[1])
