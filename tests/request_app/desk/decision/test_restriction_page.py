"""A restriction is set, its end told first, and then it is lifted."""

from datetime import timedelta

from request_app.deadlines import ends_at
from request_app.desk.shell.days import write_day
from request_app.formatting import day
from request_app.store import letters
from request_app.store.values import LetterKind
from tests.support.desk_steps import in_store


def test_a_restriction_is_set_told_and_lifted(desk, case, take, progress, clock):
    assert take("restriction", go="set", note="Merkitty.").status == 303
    refused = take("restriction", go="lift")
    assert refused.status == 409
    assert "Tell the person before the restriction ends" in refused.words
    told = take("restriction", which="Osoite", why="Selvitetty.", go="send")
    assert told.status == 303
    early, ends = take("restriction", go="lift"), progress().restriction.ends
    assert early.status == 409
    assert "told that the restriction ends later" in early.words
    assert f"the restriction ends: {day(ends, language='en')}" in early.words
    clock.move_to(ends_at(ends) - timedelta(hours=9))
    assert take("restriction", go="lift").status == 303

    assert progress().restriction is None
    [letter] = in_store(desk, letters.of_case, case.id)
    assert letter.kind is LetterKind.RESTRICTION_LIFTED


def test_another_end_is_told_in_another_letter(take, progress, show):
    take("restriction", go="set")
    told = {"which": "Osoite", "why": "Selvitetty.", "go": "send"}
    take("restriction", **told)
    sooner = progress().restriction.ends - timedelta(days=7)
    assert show("restriction").soup.find("input", {"name": "end"})

    assert take("restriction", **told, end=write_day(sooner)).status == 303
    assert progress().restriction.ends == sooner
