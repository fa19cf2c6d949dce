import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from request_app.sealing import Keyring, nonce_hash, places, read_code, unseal
from request_app.store import audit, cases, notices, outbox, sealed_parts
from request_app.store.database import reading, writing
from request_app.store.tables import metadata
from request_app.store.values import Channel, Right, State
from tests.support.filed_requests import (
    DESK_KEY,
    EMAIL,
    NONCE,
    NOTICE,
    NOW,
    SETTINGS,
    SUBMISSION,
    arrival,
    file,
)

RING = Keyring([DESK_KEY])
CHANGED = replace(SUBMISSION, parts={"request": {"text": "Muutin mieltäni."}})


def filed(engine, submission=SUBMISSION, **options):
    with writing(engine) as connection:
        return file(connection, submission, **options)


def case_of(engine, receipt):
    with reading(engine) as connection:
        return cases.by_reference(connection, receipt.reference)


def counts(engine):
    with reading(engine) as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(table))
            for name, table in metadata.tables.items()
        }


def test_one_transaction_writes_all_there_is_to_a_case(engine):
    filed(engine)

    assert {table: rows for table, rows in counts(engine).items() if rows} == {
        "notice_contents": 1,
        "form_nonces": 1,
        "cases": 1,
        "case_rights": 2,
        "case_registers": 1,
        "sealed_parts": 2,
        "outbox": 1,
        "audit": 1,
    }


def test_the_case_holds_its_dates_and_its_notice(engine):
    receipt = filed(engine)
    case = case_of(engine, receipt)

    assert case.received_on == receipt.received_on == date(2026, 11, 22)
    assert case.due == receipt.due == date(2026, 12, 22)
    assert case.extended_due == date(2027, 2, 22)
    assert case.aim_on == date(2026, 12, 7)
    assert (case.state, case.channel) == (State.RECEIVED, Channel.FORM)
    with reading(engine) as connection:
        assert notices.load(connection, case.notice_hash) == NOTICE
        assert cases.rights_of(connection, case.id) == SUBMISSION.rights
        assert cases.registers_of(connection, case.id) == SUBMISSION.registers


def test_the_desk_opens_what_the_person_wrote(engine):
    case = case_of(engine, filed(engine))
    with reading(engine) as connection:
        found = sealed_parts.of_case(connection, case.id)

    opened = {
        kind: json.loads(unseal(part.envelope, ring=RING, place=places.part(part.id)))
        for kind, part in found.items()
    }
    assert opened == SUBMISSION.parts


def test_the_mail_waits_with_a_sealed_address_and_no_personal_data(engine):
    receipt = filed(engine)
    with reading(engine) as connection:
        [mail] = outbox.of_case(connection, case_of(engine, receipt).id)

    place = places.mail_address(mail.id)
    assert unseal(mail.address, ring=RING, place=place).decode() == EMAIL
    assert mail.message_id.endswith("@seloste.example>")
    assert mail.id not in mail.message_id  # mail servers log it, and links hold the id
    assert mail.facts == {
        "reference": receipt.reference,
        "received_on": "2026-11-22",
        "due": "2026-12-22",
    }


def test_the_audit_trail_tells_of_it_without_personal_data(engine):
    receipt = filed(engine, suspicion="honeypot")
    with reading(engine) as connection:
        [entry] = audit.entries(connection)

    assert (entry.actor, entry.action, entry.at) == ("form", "case.accepted", NOW)
    assert entry.facts == {
        "reference": receipt.reference,
        "channel": "form",
        "received_on": "2026-11-22",
        "due": "2026-12-22",
        "notice": NOTICE.hash,
        "suspicion": "honeypot",
    }


def test_nothing_a_person_wrote_lies_open_in_the_database(engine):
    receipt = filed(engine)
    with reading(engine) as connection:
        rows = [
            connection.execute(select(table)).all()
            for table in metadata.tables.values()
        ]

    secrets = (EMAIL, "Testinen", "Poistakaa", receipt.code.secret, NONCE.decode())
    assert not [secret for secret in secrets if secret in str(rows)]


def test_the_code_finds_the_case_and_fits_its_key(engine):
    receipt = filed(engine)
    typed = read_code(str(receipt.code).lower())
    with reading(engine) as connection:
        case = cases.by_code_hash(connection, typed.hash)

    assert case.reference == receipt.reference
    assert case.code_key == typed.key.public.raw


def test_sending_again_gives_the_same_receipt(engine):
    first = filed(engine)
    before = counts(engine)

    again = filed(
        engine,
        received_at=datetime(2026, 11, 23, tzinfo=UTC),
        entered_at=datetime(2026, 11, 23, tzinfo=UTC),
        suspicion="late",
    )

    assert again == first
    assert counts(engine) == before


def test_a_form_forgotten_meanwhile_is_still_the_same_case(engine):
    first = filed(engine)
    with writing(engine) as connection:
        connection.execute(metadata.tables["form_nonces"].delete())

    assert filed(engine) == first


def test_changed_content_is_a_new_case_that_points_to_the_former(engine):
    first = filed(engine)
    second = filed(engine, CHANGED)
    third = filed(engine, replace(CHANGED, language="sv"))

    assert second.former_reference == first.reference
    assert third.former_reference == second.reference
    assert len({first.code, second.code, third.code}) == 3
    assert filed(engine) == first


def test_the_same_content_in_another_form_is_a_case_of_its_own(engine):
    first = filed(engine)
    second = filed(engine, nonce=b"another nonce of tests")

    assert second.former_reference is None
    assert second.code != first.code
    assert second.reference != first.reference


@pytest.mark.parametrize(
    "change",
    [
        {"language": "en"},
        {"rights": frozenset({Right.ACCESS})},
        {"registers": frozenset()},
        {"all_data": True},
        {"parts": {}},
        {"email": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_every_field_is_content(change):
    assert replace(SUBMISSION, **change).digest != SUBMISSION.digest


def test_odd_text_is_content_like_any_other(engine):
    odd = replace(SUBMISSION, parts={"request": {"text": "\x00\ud800\u202e\r\n"}})

    receipt = filed(engine, odd)

    assert filed(engine, odd) == receipt


def together(engine, submissions):
    with ThreadPoolExecutor(len(submissions)) as pool:
        return list(pool.map(lambda submission: filed(engine, submission), submissions))


def test_twenty_posts_at_once_are_one_case(engine):
    receipts = together(engine, [SUBMISSION] * 20)

    assert len(set(receipts)) == 1
    assert counts(engine)["cases"] == counts(engine)["audit"] == 1
    assert counts(engine)["outbox"] == 1


def test_changed_posts_at_once_follow_one_another(engine):
    texts = [f"Teksti {number}." for number in range(5)]
    receipts = together(
        engine,
        [replace(SUBMISSION, parts={"request": {"text": text}}) for text in texts],
    )

    formers = {receipt.former_reference for receipt in receipts}
    assert len(formers) == 5
    assert None in formers
    assert counts(engine)["cases"] == 5


def test_the_audit_chain_holds_when_many_write_at_once(engine):
    def file_one(number):
        return filed(engine, nonce=b"a nonce of tests" + bytes([number]))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(file_one, range(24)))

    with reading(engine) as connection:
        trail = audit.entries(connection)
    assert [entry.seq for entry in trail] == list(range(1, 25))
    assert [entry.previous for entry in trail[1:]] == [e.digest for e in trail[:-1]]


def test_a_suspect_is_a_case_without_mail(engine):
    case = case_of(engine, filed(engine, suspicion="honeypot"))

    assert case.suspicion == "honeypot"
    assert counts(engine)["outbox"] == 0


def test_all_my_data_needs_no_register_named(engine):
    everything = replace(SUBMISSION, registers=frozenset(), all_data=True)

    case = case_of(engine, filed(engine, everything))

    assert case.all_data is True
    with reading(engine) as connection:
        assert cases.registers_of(connection, case.id) == frozenset()


def test_no_mail_without_an_address(engine):
    filed(engine, replace(SUBMISSION, email=None))

    assert counts(engine)["outbox"] == 0


def test_a_letter_counts_from_the_day_it_came(engine):
    letter = replace(SUBMISSION, channel=Channel.LETTER, email=None)
    received = datetime(2026, 11, 16, 10, tzinfo=UTC)

    case = case_of(engine, filed(engine, letter, received_at=received, actor="staff:1"))

    assert (case.received_at, case.entered_at) == (received, NOW)
    assert case.due == date(2026, 12, 16)


@pytest.mark.parametrize("right", [Right.MARKETING, Right.WITHDRAWAL])
def test_what_must_be_done_at_once_is_aimed_at_the_next_working_day(engine, right):
    both = replace(SUBMISSION, rights=frozenset({right, Right.ACCESS}))

    assert case_of(engine, filed(engine, both)).aim_on == date(2026, 11, 23)


def test_the_settings_of_the_desk_are_followed(engine):
    eves = frozenset({"christmas"})
    settings = replace(SETTINGS, working_eves=eves, aim_days=7)
    received = datetime(2026, 11, 24, 9, tzinfo=UTC)

    case = case_of(engine, filed(engine, settings=settings, received_at=received))

    assert (case.due, case.aim_on) == (date(2026, 12, 24), date(2026, 12, 1))
    assert case.calendar == "FI 652/2023; christmas eve works"
    assert case_of(engine, filed(engine, nonce=b"n" * 16)).calendar == "FI 652/2023"


def test_a_reference_in_use_is_not_given_twice(engine, monkeypatch):
    first = filed(engine)
    drawn = iter([first.reference, "BCDF-2345"])
    monkeypatch.setattr(
        "request_app.cases.intake.submission.new_reference", lambda: next(drawn)
    )

    assert filed(engine, CHANGED).reference == "BCDF-2345"


def test_a_failure_half_way_leaves_no_trace(engine, monkeypatch):
    monkeypatch.setattr(audit, "append", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        filed(engine)

    assert not any(counts(engine).values())


def test_no_value_shows_what_a_person_wrote_or_holds(engine):
    receipt = filed(engine)
    shown = repr([SUBMISSION, arrival(), receipt, case_of(engine, receipt)])

    secrets = (EMAIL, "Testinen", NONCE.decode(), receipt.code.secret)
    assert not [secret for secret in secrets if secret in shown]


def test_only_a_hash_of_the_nonce_is_kept(engine):
    case = case_of(engine, filed(engine))

    assert case.nonce_hash == nonce_hash(NONCE)
