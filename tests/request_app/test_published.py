"""The notice of the day of receipt, kept as JSON and read back."""

import json

import pytest

from generator.content.reader import law_pack
from request_app.published import UNREADABLE, edition_of, kept
from request_app.store.notices import Notice


def changed(content, change):
    told = json.loads(edition_of(content).notice.content)
    change(told)
    return kept(Notice(json.dumps(told)))


@pytest.mark.parametrize("name", ["first", "small"])
def test_what_is_kept_is_read_back_as_it_was(name, request):
    content = request.getfixturevalue(name)

    read = kept(edition_of(content).notice)

    assert not read.unread
    assert read.organisation == content.organisation
    assert read.notice == content.notice
    assert read.registers == content.registers
    assert read.law == content.law


def test_who_gives_the_data_survives(small):
    told = json.loads(edition_of(small).notice.content)

    assert told["registers"][0]["sources"][0]["from"] == "the-person"


def test_a_register_of_an_older_version_is_read_by_name(small):
    read = changed(small, lambda told: told["registers"][0].update(fax="+358 9 1"))

    assert read.unread == {"members"}
    assert read.registers[0].id == "members"
    assert read.registers[0].name == small.registers[0].name
    assert read.registers[0].disclosures is None
    assert read.registers[1:] == small.registers[1:]


def test_a_controller_of_an_older_version_is_read_by_name(small):
    read = changed(small, lambda told: told["organisation"].update(fax="1"))

    assert read.unread == {"organisation"}
    assert read.organisation.controller.name == "Esimerkkilän soutuseura ry"
    assert read.organisation.contacts is None


def test_languages_are_those_of_the_day(small):
    read = changed(small, lambda told: told["notice"]["title"].update(se="Dieđut"))

    assert not read.unread
    assert read.notice.title["se"] == "Dieđut"


@pytest.mark.parametrize(
    "content",
    ["{}", '{"registers": [{}, 1]}', '{"organisation": [], "notice": 1, "law": ""}'],
)
def test_a_content_that_says_nothing_stops_no_case(content):
    read = kept(Notice(content))

    assert {"organisation", "notice", "law"} <= read.unread
    assert read.organisation.controller.name == UNREADABLE
    assert read.law == law_pack(("en", "fi", "sv"))[0]
    assert all(each.name.root for each in read.registers)
