import os
import shutil
from itertools import count

import pytest
import time_machine
from sqlalchemy import create_engine, text

from request_app import migrations
from request_app.sealing import keyfiles
from request_app.store.database import open_database
from request_app.store.tables import metadata
from tests.support.filed_requests import NOW
from tests.support.form_app import client_of, close, running
from tests.support.postgres import cluster, programs

DATABASES = ("sqlite", "postgresql")
LATER = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "later", "{newest}"


def upgrade():
    op.add_column("cases", sa.Column("later", sa.Text()))


def downgrade():
    op.drop_column("cases", "later")
"""
numbers = count(1)


@pytest.fixture(scope="session")
def postgres():
    bin_folder = programs()
    if bin_folder is None:
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("PostgreSQL is not installed (on Debian: apt install postgresql)")
    with cluster(bin_folder) as running:
        yield running


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("template") / "seloste.sqlite3"
    engine = open_database(f"sqlite:///{path}")
    migrations.upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def migrated_database(postgres):
    """One database for all tests: emptying it is faster than making another."""
    url = new_database(postgres)
    engine = open_database(url)
    migrations.upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture(params=DATABASES)
def empty_engine(request, tmp_path):
    """A database without tables, of each kind."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/empty.sqlite3"
    else:
        url = new_database(request.getfixturevalue("postgres"))
    yield from opened(url)


@pytest.fixture(params=DATABASES)
def engine(request):
    """A database at the newest schema, of each kind."""
    return request.getfixturevalue(f"{request.param}_engine")


@pytest.fixture
def postgresql_engine(migrated_database):
    with migrated_database.begin() as connection:
        # as a replica, so that the triggers let the audit trail go
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for table in metadata.tables.values():
            connection.execute(table.delete())
    return migrated_database


@pytest.fixture
def sqlite_engine(migrated_file, tmp_path):
    path = tmp_path / "seloste.sqlite3"
    shutil.copy(migrated_file, path)
    yield from opened(f"sqlite:///{path}")


@pytest.fixture
def later_revision(tmp_path, monkeypatch):
    """From here on there is a revision after the newest, as a release may bring one."""
    (tmp_path / "later.py").write_text(LATER.format(newest=migrations.newest()))
    config = migrations._config  # noqa: SLF001
    places = os.pathsep.join([f"{migrations.FOLDER}/versions", str(tmp_path)])

    def with_later():
        known = config()
        known.set_main_option("version_locations", places)
        return known

    monkeypatch.setattr(migrations, "_config", with_later)


def opened(url):
    engine = open_database(url)
    yield engine
    engine.dispose()


def new_database(postgres):
    name = f"test_{next(numbers)}"
    engine = create_engine(
        postgres.url("postgres").replace("postgresql:", "postgresql+psycopg:"),
        isolation_level="AUTOCOMMIT",
    )
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
    engine.dispose()
    return postgres.url(name)


@pytest.fixture
def keys(tmp_path):
    """The folder with the keys of form and desk."""
    keyfiles.create(tmp_path / "keys" / "desk", tmp_path / "keys" / "form")
    keyfiles.make_desk_secret(tmp_path / "keys" / "desk")
    return tmp_path / "keys"


@pytest.fixture
def start(keys):
    """Start a form on a database; it is closed afterwards."""
    apps = []

    def started(engine, **settings):
        apps.append(running(engine, keys, **settings))
        return apps[-1]

    yield started
    for app in apps:
        close(app)


@pytest.fixture
def app(start, sqlite_engine):
    return start(sqlite_engine)


@pytest.fixture
def client(app):
    return client_of(app)


@pytest.fixture
def clock():
    """A time that moves only when it is told to."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller
