"""The way in, on both databases: codes open once, also when two come at a time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from request_app.auth import account_admin, authentication, totp
from request_app.auth.authentication import Caller, FirstCode, Keys
from request_app.sealing import Keyring, OpeningKey, key_id_of
from request_app.store import accounts, audit
from request_app.store.database import reading, writing
from request_app.store.values import Role
from tests.support.filed_requests import DESK_KEY, NOW
from tests.support.staff_accounts import KEY, WORDS

CALLER = Caller(address="192.0.2.1", browser="Firefox", now=NOW, secret=b"of the tests")
KEYS = Keys(DESK_KEY.public, Keyring([DESK_KEY]))
LATER = replace(CALLER, now=NOW + timedelta(minutes=1))


def add(engine, name="aino"):
    with writing(engine) as connection:
        return account_admin.add(
            connection, name, role=Role.HANDLER, language="fi", actor="test", now=NOW
        )


def account(engine):
    with reading(engine) as connection:
        return accounts.by_name(connection, "aino")


def trail(engine):
    with reading(engine) as connection:
        return [(each.actor, each.action) for each in audit.entries(connection)]


def first_password(engine, code, caller=CALLER, name="aino"):
    return authentication.set_first_password(engine, name, str(code), WORDS, caller)


@pytest.fixture
def enrolled(engine):
    """Aino's recovery codes; the code of this moment has been used."""
    begun = first_password(engine, add(engine))
    proof = FirstCode(KEY, totp.code_at(KEY, NOW))
    return authentication.enrol(engine, begun.visit, proof, CALLER, KEYS).codes


def password_given(engine, caller=LATER):
    return authentication.sign_in(engine, "aino", WORDS, caller, next_="").visit


def second(engine, visit, typed, caller=LATER, keys=KEYS):
    return authentication.give_second_factor(engine, visit, typed, caller, keys)


def test_from_the_one_time_code_to_being_signed_in(engine):
    begun = first_password(engine, add(engine))
    assert not begun.visit.is_signed_in

    proof = FirstCode(KEY, totp.code_at(KEY, NOW))
    done = authentication.enrol(engine, begun.visit, proof, CALLER, KEYS)

    assert done.new_visit.visit.is_signed_in
    assert len(set(done.codes)) == 10
    assert trail(engine)[1:] == [
        ("staff:aino", "staff.password-set"),
        ("staff:aino", "staff.totp-enrolled"),
        ("staff:aino", "staff.signed-in"),
    ]


def test_a_one_time_code_opens_once(engine):
    code = add(engine)

    assert first_password(engine, code)
    assert first_password(engine, code) is None


def test_a_one_time_code_holds_for_a_day(engine):
    code = add(engine)
    caller = replace(CALLER, now=NOW + timedelta(hours=24))

    assert first_password(engine, code, caller) is None
    just = replace(CALLER, now=NOW + timedelta(hours=24, seconds=-1))
    assert first_password(engine, code, just)


def test_a_one_time_code_of_another_or_a_disabled_account_opens_nothing(engine):
    code = add(engine)
    add(engine, "eino")
    assert first_password(engine, code, name="eino") is None

    with writing(engine) as connection:
        account_admin.disable(connection, account(engine), actor="test", now=NOW)
    assert first_password(engine, code) is None


@pytest.mark.usefixtures("enrolled")
def test_secrets_are_kept_as_hashes_or_sealed(engine):
    kept = account(engine)

    assert kept.password_hash.startswith("$argon2id$")
    assert KEY.encode() not in kept.totp_secret
    assert WORDS not in repr(kept)


def test_a_wrong_first_code_enrols_nothing(engine):
    begun = first_password(engine, add(engine))
    proof = FirstCode(KEY, "000000")

    assert authentication.enrol(engine, begun.visit, proof, CALLER, KEYS) is None
    assert not account(engine).is_enrolled


@pytest.mark.usefixtures("enrolled")
def test_the_same_code_twice_is_refused(engine):
    code = totp.code_at(KEY, LATER.now)

    assert second(engine, password_given(engine), code)
    assert second(engine, password_given(engine), code) is None


@pytest.mark.usefixtures("enrolled")
def test_of_two_requests_with_the_same_code_one_comes_in(engine):
    visits = [password_given(engine) for _ in range(4)]
    code = totp.code_at(KEY, LATER.now)
    with ThreadPoolExecutor(4) as pool:
        done = pool.map(lambda visit: second(engine, visit, code), visits)

    assert [bool(each) for each in done].count(True) == 1


def test_a_recovery_code_opens_once(engine, enrolled):
    typed = enrolled[0].lower().replace("-", " ")

    assert second(engine, password_given(engine), typed)
    assert second(engine, password_given(engine), typed) is None
    assert trail(engine)[-2:] == [
        ("staff:aino", "staff.signed-in-by-recovery-code"),
        ("staff:aino", "staff.sign-in-failed"),
    ]


def test_new_recovery_codes_end_the_former_ones(engine, enrolled):
    visit = password_given(engine)
    [code, *_] = authentication.renew_recovery_codes(engine, visit, now=LATER.now)

    assert second(engine, password_given(engine), enrolled[0]) is None
    assert second(engine, password_given(engine), code)


@pytest.mark.usefixtures("enrolled")
def test_the_sealed_secret_follows_a_new_key_of_the_desk(engine):
    new = OpeningKey.generate()
    keys = Keys(new.public, Keyring([DESK_KEY, new]))

    assert second(
        engine, password_given(engine), totp.code_at(KEY, LATER.now), keys=keys
    )

    assert key_id_of(account(engine).totp_secret) == new.public.id


def test_without_the_key_a_recovery_code_still_opens(engine, enrolled):
    new = OpeningKey.generate()
    keys = Keys(new.public, Keyring([new]))
    code = totp.code_at(KEY, LATER.now)

    assert second(engine, password_given(engine), code, keys=keys) is None
    assert second(engine, password_given(engine), enrolled[0], keys=keys)


def test_a_name_that_nobody_has_is_in_no_audit_row(engine):
    assert authentication.sign_in(engine, "salasanani", "x", CALLER, next_="") is None

    assert trail(engine) == [("stranger", "staff.sign-in-failed")]


def test_a_reset_begins_from_the_start(engine, enrolled):
    visit = password_given(engine)
    with writing(engine) as connection:
        account_admin.reset(connection, account(engine), actor="test", now=LATER.now)

    assert authentication.sign_in(engine, "aino", WORDS, LATER, next_="") is None
    assert second(engine, replace(visit, account=account(engine)), enrolled[0]) is None
