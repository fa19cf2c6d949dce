"""Where parts of the content stand in the files."""

import pytest

from generator.content.places import Places
from generator.content.reader import read_content
from tests.checks.organisation import SAMPLE


@pytest.fixture(scope="module")
def content():
    return read_content(SAMPLE)


@pytest.fixture(scope="module")
def places(content):
    return Places(content)


def line(place):
    return (SAMPLE / place.path).read_text().splitlines()[place.line - 1].strip()


def test_an_entry_used_by_its_id_stands_in_its_catalogue(content, places):
    purpose = content.register("members").purposes[0]

    place = places.of(purpose)

    assert place.path == "content/purposes.yaml"
    assert line(place) == "- id: membership-list"


def test_an_entry_written_on_the_spot_stands_there(content, places):
    purpose = content.register("data-protection-requests").purposes[0]

    place = places.of(purpose.basis)

    assert place.path == "content/registers/data-protection-requests.yaml"
    assert line(place).startswith("basis: {article: 6(1)(c)")


def test_a_key_stands_where_it_is_written(content, places):
    source = content.register("newsletter-and-events").sources[1]

    assert line(places.of(source, "publicly_accessible")).startswith("publicly_acc")
    assert line(places.of(source, "from")) == "from: elsewhere"


def test_a_key_left_out_stands_where_its_part_begins(content, places):
    register = content.register("members")

    assert places.of(register, "controller") == places.of(register)


def test_a_text_stands_in_its_language(content, places):
    policy = content.notice.disclosure_policy

    assert line(places.of(policy, "en")).startswith("en: We do not sell")


def test_every_text_is_given_once(places):
    keys = [(placed.path, placed.key) for placed in places.texts()]

    assert len(keys) == len(set(keys))
