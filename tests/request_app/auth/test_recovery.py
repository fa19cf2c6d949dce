"""Recovery codes: unguessable, and read however they are typed."""

import pytest

from request_app.auth import recovery


def test_recovery_codes_differ_and_are_long():
    codes = recovery.new_codes()

    assert len(set(codes)) == recovery.HOW_MANY
    assert {len(code) for code in codes} == {19}


@pytest.mark.parametrize("typed", ["abcd-efgh-2345-6789", " ABCDEFGH 23456789"])
def test_case_dashes_and_spaces_do_not_count(typed):
    assert recovery.hash_of(typed) == recovery.hash_of("ABCD-EFGH-2345-6789")
