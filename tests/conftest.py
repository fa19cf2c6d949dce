"""What most tests begin with: two organisations, read and rendered."""

import os
import shutil
import signal
from collections.abc import Mapping
from pathlib import Path
from stat import S_IXOTH

import pytest
from bs4 import BeautifulSoup

from generator.content.reader import Content, read_content
from generator.pages import pages

CHECKOUT = Path(__file__).parent.parent
SMALL = Path(__file__).parent / "content"


def pytest_configure():
    """Hear Ctrl+C, and so let the programs under test hear it.

    A shell makes what it starts in the background deaf to it, and children inherit that.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def small() -> Content:
    """The rowing club of tests/content, which has a bit of everything."""
    return read_content(SMALL)


@pytest.fixture(scope="session")
def first() -> Content:
    """The organisation whose statement this repository publishes."""
    return read_content(CHECKOUT)


@pytest.fixture(scope="session")
def small_site(small) -> Mapping[str, bytes]:
    return dict(pages(small))


@pytest.fixture(scope="session")
def first_site(first) -> Mapping[str, bytes]:
    return dict(pages(first))


@pytest.fixture
def root(tmp_path) -> Path:
    """A copy of tests/content that a test may change."""
    return shutil.copytree(SMALL, tmp_path / "organisation")


def need(tool: object, what: str) -> None:
    """Skip where a tool is missing on a laptop; fail where everything is installed."""
    if tool:
        return
    message = f"needs {what}; .ci/run sees to it"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


def need_another_user() -> None:
    """Root becomes somebody else, who reads the checkout all the same."""
    ways = (CHECKOUT, *CHECKOUT.parents)
    open_to_all = all(way.stat().st_mode & S_IXOTH for way in ways)
    need(os.geteuid() == 0, "root, to become another user")
    need(open_to_all, f"a checkout that other users may read, unlike {CHECKOUT}")


def edit(file: Path, old: str, new: str) -> None:
    """Replace a text that must be there."""
    text = file.read_text()
    assert old in text, f"{old!r} is not in {file.name}"
    file.write_text(text.replace(old, new, 1))


def parsed(site: Mapping[str, bytes], path: str) -> BeautifulSoup:
    return BeautifulSoup(site[path], "html.parser")


def words(site: Mapping[str, bytes], path: str) -> str:
    """Return what a reader sees on a page, with single spaces."""
    return " ".join(parsed(site, path).get_text(" ").split())
