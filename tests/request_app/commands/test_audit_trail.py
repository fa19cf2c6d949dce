"""`audit head` and `audit verify`, as an operator uses them."""

import pytest
from sqlalchemy import text

from tests.support.form_app import client_of
from tests.support.visitor import sent


@pytest.fixture
def run(app):
    return lambda *words: app.test_cli_runner().invoke(args=["audit", *words])


@pytest.fixture
def noted(app, run, tmp_path):
    """The head after two requests, in a file."""
    for _ in range(2):
        sent(client_of(app))
    file = tmp_path / "heads.txt"
    file.write_text(run("head").output)
    return file


def cut_after_the_first(engine):
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_refuses_delete"))
        connection.execute(text("DELETE FROM audit WHERE seq > 1"))


def test_a_good_trail_is_told(run, noted):
    done = run("verify", "--head", str(noted))

    assert done.exit_code == 0
    assert done.output.startswith("Rows: 2, each as it was written.")


def test_a_cut_end_is_told_with_the_head(run, noted, sqlite_engine):
    cut_after_the_first(sqlite_engine)
    years = "a line of the journal\n" * 60_000
    noted.write_text(years + noted.read_text())

    done = run("verify", "--head", str(noted))
    assert done.exit_code == 2
    assert "row 2 was there once. Up to row 1" in done.output


def test_without_a_head_it_says_what_it_cannot_see(run, noted, sqlite_engine):
    assert noted.exists()
    cut_after_the_first(sqlite_engine)

    done = run("verify")
    assert done.exit_code == 0
    assert "only with --head" in done.output


def test_a_file_without_a_head_is_refused(run, tmp_path):
    (tmp_path / "empty").write_text("nothing")

    assert run("verify", "--head", str(tmp_path / "empty")).exit_code == 2
