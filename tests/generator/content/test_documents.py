"""Files that are no text, no file, or not to be read."""

import os

import pytest

from generator.content.reader import read_content
from tests.conftest import need_another_user
from tests.support.broken_input import BROKEN_BYTES, GOOD
from tests.support.problem_reports import problem_reports
from tests.support.smallest_organisation import FILES, REGISTER


@pytest.mark.parametrize("name", BROKEN_BYTES)
def test_bytes_that_are_no_text_are_told(smallest, name):
    content, expected = BROKEN_BYTES[name]
    (smallest / REGISTER).write_bytes(content)

    assert f"{REGISTER}:{expected}" in problem_reports(smallest)


def test_lines_may_end_as_they_do_in_windows(smallest):
    for path, text in FILES.items():
        (smallest / path).write_bytes(text.replace("\n", "\r\n").encode())

    assert read_content(smallest).registers[0].name["fi"] == "Asiakkaat"


def test_places_are_right_where_lines_end_as_in_windows(smallest):
    (smallest / REGISTER).write_bytes(
        GOOD.replace("\n", "\r\n").encode() + b"abot: x\r\n"
    )

    assert problem_reports(smallest)[0].startswith(
        f"{REGISTER}:3:1: “abot” is not known"
    )


def make_folder(file):
    file.unlink()
    file.mkdir()


def make_pipe(file):
    file.unlink()
    os.mkfifo(file)


def link_nowhere(file):
    file.unlink()
    file.symlink_to("nowhere.yaml")


def link_to_itself(file):
    file.unlink()
    file.symlink_to(file.name)


def link_outside(file):
    secret = file.parents[3] / "secret.yaml"
    secret.write_text("password: hunter2\n")
    file.unlink()
    file.symlink_to(secret)


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (
            make_folder,
            "A folder stands where a file belongs. Move it away or rename it.",
        ),
        (
            make_pipe,
            "This is not an ordinary file. Put an ordinary one here.",
        ),
        (
            link_nowhere,
            "The file is a link that leads nowhere. Put the file itself here.",
        ),
        (
            link_to_itself,
            "The file is a link that leads nowhere. Put the file itself here.",
        ),
        (
            link_outside,
            "The file leads out of the content folder. Put a copy of it here instead.",
        ),
    ],
)
def test_what_is_no_file_of_the_content_is_not_read(smallest, damage, expected):
    damage(smallest / REGISTER)

    assert problem_reports(smallest) == [f"{REGISTER}:1:1: {expected}"]


@pytest.fixture
def reader_without_rights(tmp_path_factory):
    """Read as somebody who owns nothing, where the tests run as root."""
    if os.geteuid():
        yield
        return
    need_another_user()
    for folder in tmp_path_factory.getbasetemp().parents:
        if folder.owner() == "root" and folder.name.startswith("pytest"):
            folder.chmod(0o755)
    tmp_path_factory.getbasetemp().chmod(0o755)
    os.seteuid(65534)
    yield
    os.seteuid(0)


@pytest.mark.parametrize("path", [REGISTER, "content/registers", "content"])
def test_what_may_not_be_read_is_told(smallest, path, request):
    (smallest / path).chmod(0)
    smallest.parent.chmod(0o755)
    request.getfixturevalue("reader_without_rights")

    lines = problem_reports(smallest)

    os.seteuid(os.getuid())
    (smallest / path).chmod(0o700)
    message = "You have no right to read this. Give yourself the right, or ask who looks after the computer."
    assert f"{path}:1:1: {message}" in lines
