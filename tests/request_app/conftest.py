import os
import shutil
from itertools import count

import pytest
from sqlalchemy import create_engine, text

from request_app import migrations
from request_app.store.database import open_database
from tests.request_app.postgres import cluster, programs

DATABASES = ("sqlite", "postgresql")
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
    create_database(postgres, "migrated", template="template0")
    engine = open_database(postgres.url("migrated"))
    migrations.upgrade(engine)
    engine.dispose()
    return "migrated"


@pytest.fixture(params=DATABASES)
def empty_url(request, tmp_path):
    """A database without tables, of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/empty.sqlite3"
    return new_database(request.getfixturevalue("postgres"), template="template0")


@pytest.fixture(params=DATABASES)
def url(request, tmp_path):
    """A database at the newest schema, of each kind."""
    if request.param == "sqlite":
        return sqlite_copy(request.getfixturevalue("migrated_file"), tmp_path)
    template = request.getfixturevalue("migrated_database")
    return new_database(request.getfixturevalue("postgres"), template=template)


@pytest.fixture
def engine(url):
    yield from opened(url)


@pytest.fixture
def empty_engine(empty_url):
    yield from opened(empty_url)


@pytest.fixture
def sqlite_engine(migrated_file, tmp_path):
    yield from opened(sqlite_copy(migrated_file, tmp_path))


def opened(url):
    engine = open_database(url)
    yield engine
    engine.dispose()


def sqlite_copy(template, folder):
    path = folder / "seloste.sqlite3"
    shutil.copy(template, path)
    return f"sqlite:///{path}"


def new_database(postgres, *, template):
    name = f"test_{next(numbers)}"
    create_database(postgres, name, template=template)
    return postgres.url(name)


def create_database(postgres, name, *, template):
    engine = create_engine(
        postgres.url("postgres").replace("postgresql:", "postgresql+psycopg:"),
        isolation_level="AUTOCOMMIT",
    )
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    engine.dispose()
