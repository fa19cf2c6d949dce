"""Who may open an answer, and what becomes of its delivery."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from request_app.cases.action import WORKER
from request_app.cases.delivery import answer_package
from request_app.cases.delivery.answer_package import PackageError
from request_app.cases.delivery.delivery_code import (
    DeliveryRefusedError,
    DeliveryStage,
    deliveries_of,
    hand_over,
    remove_fetched,
    withdraw,
)
from request_app.cases.delivery.fetch import CannotOpenError, WhyNotOpened
from request_app.cases.lifecycle.record import record_steps
from request_app.cases.messages.mail import addressee_of
from request_app.cases.steps.delivery import Reached
from request_app.cases.steps.facts import IdentityMethod
from request_app.cases.steps.step import ProposedStep
from request_app.cases.steps.verification import IdentitySettled
from request_app.sealing import (
    Keyring,
    OpeningKey,
    SealingError,
    new_code,
    seal,
    unseal,
)
from request_app.sealing.places import package_key_for_person
from request_app.store import audit, deliveries, outbox, steps, tables
from request_app.store.database import reading, writing
from request_app.store.values import Way
from tests.support.actions import acting
from tests.support.delivered_answers import (
    LATER,
    LETTER,
    ON_FILE,
    RING,
    SHEET,
    delivered,
    fetched,
    filed,
    handed,
    packed,
    sent,
)
from tests.support.filed_requests import NOW

DAY = timedelta(days=1)
TODAY = NOW.date()
ON_PAPER = (Way.LETTER, Way.BY_HAND)


@pytest.fixture
def asked(engine):
    return filed(engine)


def opened(engine, found):
    with reading(engine) as connection:
        return [
            answer_package.open_file(connection, file, found.ring)
            for file in found.files
        ]


def reaches(engine, case, *, after=timedelta(0)):
    with reading(engine) as connection:
        return deliveries_of(connection, case, today=(NOW + after).date())


def why(engine, *codes):
    with pytest.raises(CannotOpenError) as shut:
        fetched(engine, *codes)
    return shut.value.why


def change(engine, table, row_id, **values):
    with writing(engine) as connection:
        row = table.c.id == row_id
        connection.execute(update(table).where(row).values(**values))


def test_both_codes_open_what_went_by_mail(engine, asked):
    case, access_code = asked
    _, code, _ = delivered(engine, case)

    found = fetched(engine, code, access_code)

    assert found.letter == LETTER
    assert [file.name for file in found.files] == ["vastaus.txt", "tietosi.csv"]
    assert opened(engine, found)[1] == SHEET


def test_an_impostor_with_the_access_code_gets_nothing(engine, asked):
    case, access_code = asked
    _, code, delivery = delivered(engine, case)

    assert why(engine, access_code, access_code) == WhyNotOpened.UNKNOWN
    assert why(engine, new_code(), access_code) == WhyNotOpened.UNKNOWN
    with pytest.raises(SealingError):
        forced(delivery, access_code.key)
    with pytest.raises(SealingError):
        OpeningKey(forced(delivery, code.key))  # the envelope within is shut


def test_who_reads_the_mail_alone_gets_nothing(engine, asked):
    case, access_code = asked
    _, code, _ = delivered(engine, case)

    assert why(engine, code, None) == WhyNotOpened.ACCESS_CODE
    assert why(engine, code, new_code()) == WhyNotOpened.UNKNOWN
    assert reaches(engine, case)[0].standing == DeliveryStage.WAITING
    assert fetched(engine, code, access_code)


def test_a_changed_mark_does_not_make_one_code_enough(engine, asked):
    case, _ = asked
    _, code, delivery = delivered(engine, case)
    change(engine, tables.deliveries, delivery.id, needs_access_code=False)

    with pytest.raises(SealingError):
        fetched(engine, code)


@pytest.mark.parametrize("way", ON_PAPER)
def test_the_code_alone_opens_what_goes_on_paper(engine, asked, way):
    _, code, _ = delivered(engine, asked[0], way=way)

    assert fetched(engine, code).letter == LETTER


def forced(delivery, *keys):
    """What somebody finds who has the database and these keys."""
    return unseal(
        delivery.key_for_person,
        ring=Keyring(keys),
        place=package_key_for_person(delivery.id),
    )


def test_the_packages_of_two_people_cannot_be_swapped(engine):
    mine, _ = filed(engine)
    yours, _ = filed(engine, nonce=b"a nonce of another person")
    package, _, _ = delivered(engine, mine, way=Way.LETTER)
    _, code, delivery = delivered(engine, yours, way=Way.LETTER)
    change(engine, tables.deliveries, delivery.id, package_id=package.id)

    with pytest.raises(SealingError):
        fetched(engine, code)
    assert reaches(engine, yours)[0].standing == DeliveryStage.SENT


@pytest.mark.parametrize("column", ["name", "content"])
def test_the_files_of_a_package_cannot_be_swapped(engine, asked, column):
    package, code, _ = delivered(engine, asked[0], way=Way.LETTER)
    files = tables.package_files
    with reading(engine) as connection:
        rows = select(files).where(files.c.package_id == package.id)
        one, other = connection.execute(rows).mappings().all()
    change(engine, files, one["id"], **{column: other[column]})
    change(engine, files, other["id"], **{column: one[column]})

    with pytest.raises(SealingError):
        fetched(engine, code)


def test_a_key_of_another_package_opens_nothing(engine, asked):
    """Who may write to the database can seal a key, but not the one that is needed."""
    _, code, delivery = delivered(engine, asked[0], way=Way.LETTER)
    place = package_key_for_person(delivery.id)
    forged = seal(OpeningKey.generate().raw, key=code.key.public, place=place)
    change(engine, tables.deliveries, delivery.id, key_for_person=forged)

    with pytest.raises(SealingError):
        fetched(engine, code)


def test_fetching_is_noted_once(engine, asked):
    case, _ = asked
    _, code, delivery = delivered(engine, case, way=Way.LETTER)
    for day in range(2):
        fetched(engine, code, now=LATER + day * DAY)

    with reading(engine) as connection:
        [step] = steps.of_case(connection, case.id)
        trail = audit.entries(connection, case_id=case.id)
    assert Reached.model_validate_json(step.facts) == Reached(
        delivery=delivery.id, on=date(2026, 11, 25)
    )
    assert [each.action for each in trail] == [
        "case.accepted",
        "answer.delivered",
        "case.reached",
        "answer.fetched",
    ]
    assert reaches(engine, case)[0].delivery.fetched_at == LATER


def test_fetching_at_the_same_time_is_noted_once(engine, asked):
    case, _ = asked
    _, code, _ = delivered(engine, case, way=Way.LETTER)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: fetched(engine, code), range(8)))

    assert [each.letter for each in found] == [LETTER] * 8
    with reading(engine) as connection:
        assert len(steps.of_case(connection, case.id)) == 1


def test_a_lost_code_is_replaced_and_dead_at_once(engine, asked):
    case, access_code = asked
    package, lost, _ = delivered(engine, case)
    with acting(engine, at=LATER) as action:
        code, _ = handed(action, case, package)

    assert why(engine, lost, access_code) == WhyNotOpened.WITHDRAWN
    assert fetched(engine, code).letter == LETTER
    assert [each.standing for each in reaches(engine, case)] == [
        DeliveryStage.WITHDRAWN,
        DeliveryStage.FETCHED,
    ]
    with reading(engine) as connection:
        first, _ = deliveries.of_case(connection, case.id)
        assert first.key_for_person is None  # no key that could open it again
        assert outbox.by_id(connection, first.id) is None  # nor a mail to come


def test_a_delivery_is_ended_without_another(engine, asked):
    case, _ = asked
    _, code, delivery = delivered(engine, case, way=Way.LETTER)
    with acting(engine, at=LATER) as action:
        assert withdraw(action, case, delivery)
        assert not withdraw(action, case, delivery)

    assert why(engine, code) == WhyNotOpened.WITHDRAWN


def test_the_code_lies_in_the_mail_and_in_no_plain_column(engine, asked):
    case, _ = asked
    _, code, delivery = delivered(engine, case)
    with reading(engine) as connection:
        mail = outbox.by_id(connection, delivery.id)
        for table in tables.metadata.tables.values():
            for row in connection.execute(select(table)):
                assert not [each for each in row if holds(each, code.secret[:8])]

    assert addressee_of(mail, RING) == (ON_FILE, {"code": str(code)})


def holds(value, secret):
    raw = value if isinstance(value, bytes) else str(value).encode()
    return secret.encode() in raw.replace(b"-", b"")


def test_answers_do_not_go_to_the_status_page(engine, asked):
    with pytest.raises(DeliveryRefusedError):
        delivered(engine, asked[0], way=Way.STATUS_PAGE)


@pytest.mark.parametrize(
    "options", [{"way": Way.EMAIL, "email": None}, {"email": ON_FILE}]
)
def test_a_mail_has_an_address_and_nothing_else_has(engine, asked, options):
    with pytest.raises(DeliveryRefusedError):
        delivered(engine, asked[0], **{"way": Way.LETTER} | options)


@pytest.mark.parametrize(
    ("method", "goes"),
    [
        (None, False),
        (IdentityMethod.CONFIRMED, False),
        (IdentityMethod.KNOWN_FACTS, True),
        (IdentityMethod.KNOWN_ADDRESS, True),
    ],
)
def test_a_code_is_read_out_only_where_the_phone_settled_who_asks(
    engine, asked, method, goes
):
    case, _ = asked
    if method:
        settled = IdentitySettled(method=method, on=NOW.date())
        with acting(engine) as action:
            record_steps(action, case, [ProposedStep(step=settled)])
    if not goes:
        with pytest.raises(DeliveryRefusedError):
            delivered(engine, case, way=Way.PHONE)
        return
    _, code, _ = delivered(engine, case, way=Way.PHONE)
    assert fetched(engine, code).letter == LETTER


def test_an_empty_package_is_not_delivered(engine, asked):
    case, _ = asked
    with acting(engine) as action:
        package = answer_package.new_package(action, case)

    with pytest.raises(PackageError), acting(engine) as action:
        handed(action, case, package)


def test_staff_see_how_far_a_mail_has_come(engine, asked):
    case, access_code = asked
    _, code, delivery = delivered(engine, case)
    assert reaches(engine, case)[0].standing == DeliveryStage.WAITING

    sent(engine, delivery.id)
    assert reaches(engine, case, after=3 * DAY)[0][1:] == (DeliveryStage.SENT, 3)

    fetched(engine, code, access_code)
    assert reaches(engine, case, after=4 * DAY)[0][1:] == (DeliveryStage.FETCHED, 0)


def test_a_mail_that_failed_for_good_is_shown(engine, asked):
    case, _ = asked
    _, _, delivery = delivered(engine, case)
    with writing(engine) as connection:
        outbox.give_up(connection, delivery.id, now=NOW)

    assert reaches(engine, case)[0].standing == DeliveryStage.MAIL_FAILED


def given(engine, case, package, *, on=TODAY):
    with acting(engine, at=LATER) as action:
        return hand_over(action, case, package, way=Way.BY_HAND, on=on)


def test_what_was_handed_over_has_reached_the_person(engine, asked):
    case, _ = asked
    package, code, _ = delivered(engine, case, way=Way.LETTER)
    given(engine, case, package)

    assert why(engine, code) == WhyNotOpened.WITHDRAWN
    assert reaches(engine, case)[-1].standing == DeliveryStage.HANDED


def removed(engine, *, before):
    with acting(engine, actor=WORKER, at=before) as action:
        return remove_fetched(action, before)


def test_a_package_that_was_fetched_is_removed_and_its_delivery_stays(engine, asked):
    case, _ = asked
    _, code, delivery = delivered(engine, case, way=Way.LETTER)
    fetched(engine, code, now=LATER)

    assert removed(engine, before=LATER) == 0
    assert removed(engine, before=LATER + DAY) == 1

    assert why(engine, code) == WhyNotOpened.REMOVED
    with reading(engine) as connection:
        kept = deliveries.by_id(connection, delivery.id)
        assert (kept.package_id, kept.key_for_person) == (None, None)
        assert not connection.execute(select(tables.package_files)).all()
        assert audit.entries(connection)[-1].action == "package.removed"


def test_a_package_on_paper_is_removed_as_well(engine, asked):
    case, _ = asked
    with acting(engine) as action:
        package = packed(action, case)
    given(engine, case, package, on=date(2026, 11, 22))

    assert removed(engine, before=NOW) == 0
    assert removed(engine, before=NOW + DAY) == 1


def test_what_was_not_fetched_is_never_removed(engine, asked):
    case, _ = asked
    package, code, _ = delivered(engine, case, way=Way.LETTER)
    assert removed(engine, before=NOW + 9999 * DAY) == 0

    fetched(engine, code, now=NOW)
    with acting(engine) as action:
        handed(action, case, package)  # once more, and nobody came
    assert removed(engine, before=NOW + 9999 * DAY) == 0


def test_nothing_of_a_case_that_is_held_is_removed(engine, asked):
    case, _ = asked
    _, code, _ = delivered(engine, case, way=Way.LETTER)
    fetched(engine, code, now=NOW)
    change(engine, tables.cases, case.id, held_at=NOW)

    assert removed(engine, before=NOW + 9999 * DAY) == 0
