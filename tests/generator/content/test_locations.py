"""Where parts of the content stand in the files."""

import pytest

from generator.content.locations import Locations
from generator.content.reader import read_content
from tests.support.editable_organisation import SAMPLE


@pytest.fixture(scope="module")
def content():
    return read_content(SAMPLE)


@pytest.fixture(scope="module")
def locations(content):
    return Locations(content)


def line(location):
    return (SAMPLE / location.path).read_text().splitlines()[location.line - 1].strip()


def test_an_entry_used_by_its_id_stands_in_its_catalogue(content, locations):
    purpose = content.register("members").purposes[0]

    location = locations.of(purpose)

    assert location.path == "content/purposes.yaml"
    assert line(location) == "- id: membership-list"


def test_an_entry_written_on_the_spot_stands_there(content, locations):
    purpose = content.register("data-protection-requests").purposes[0]

    location = locations.of(purpose.basis)

    assert location.path == "content/registers/data-protection-requests.yaml"
    assert line(location).startswith("basis: {article: 6(1)(c)")


def test_a_key_stands_where_it_is_written(content, locations):
    source = content.register("newsletter-and-events").sources[1]

    assert line(locations.of(source, "publicly_accessible")).startswith("publicly_acc")
    assert line(locations.of(source, "from")) == "from: elsewhere"


def test_a_key_left_out_stands_where_its_part_begins(content, locations):
    register = content.register("members")

    assert locations.of(register, "controller") == locations.of(register)


def test_a_text_stands_in_its_language(content, locations):
    policy = content.notice.disclosure_policy

    assert line(locations.of(policy, "en")).startswith("en: We do not sell")


def test_every_text_is_given_once(locations):
    keys = [(located.path, located.key) for located in locations.texts()]

    assert len(keys) == len(set(keys))
