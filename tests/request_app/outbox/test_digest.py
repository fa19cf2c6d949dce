"""The team is told in the morning of a working day: once, and nothing personal."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, update

from request_app.outbox.digest import Team
from request_app.outbox.post import PostError, post_to
from request_app.outbox.worker import work
from request_app.sealing import Keyring
from request_app.store import absences, audit, messages, tables
from request_app.store.absences import Absence
from request_app.store.database import reading, writing
from request_app.store.messages import Message
from request_app.store.values import Role, Sender, State, Way
from tests.support.delivered_answers import delivered, filed as filed_case
from tests.support.filed_requests import DESK_KEY, EMAIL, SETTINGS, SUBMISSION, file
from tests.support.mail_server import mail_server
from tests.support.post_office import PostOffice, worker_of

RING = Keyring([DESK_KEY])
DAY = timedelta(days=1)
FRIDAY = datetime(2026, 11, 20, 5, 1, tzinfo=UTC)  # a minute past seven in Finland
MONDAY, TUESDAY = FRIDAY + 3 * DAY, FRIDAY + 4 * DAY
AINO, BERTTA = "aino@example.com", "bertta@example.com"
TEAM = Team(
    addresses=(AINO,),
    hour=7,
    settings=SETTINGS,
    day_limit=1000,
    desk_url="https://desk.example/desk/",
    answers=lambda _address: True,
)


def told(engine, content, now, *, office=None, **team):
    """What the team gets when the worker works at this time."""
    office = office or PostOffice()
    worker = worker_of(engine, RING, office, content)
    worker = replace(worker, team=replace(TEAM, **team))
    work(worker, now=lambda: now)
    return [mail for mail, to in office.taken if to in {AINO, BERTTA}]


def filed(engine, came, *, count=1, **changes):
    with writing(engine) as connection:
        return [
            file(
                connection,
                nonce=f"nonce {number} {came}".encode(),
                received_at=came,
                entered_at=came,
                **changes,
            ).reference
            for number in range(count)
        ]


def change(engine, reference, **values):
    with writing(engine) as connection:
        here = tables.cases.c.reference == reference
        connection.execute(update(tables.cases).where(here).values(**values))


def due_on(day):
    """Last days that begin with this one; the database keeps them in their order."""
    return {"raw_due": day, "due": day}


def lines(mail):
    return mail.get_content().splitlines()


def named(mail, sentence):
    """The references that stand below a sentence."""
    text = lines(mail)
    return text[text.index(sentence) + 1].split(", ")


def test_a_working_day_tells_what_is_new(engine, small):
    [reference] = filed(engine, MONDAY)

    [mail] = told(engine, small, TUESDAY)

    assert mail["To"] == AINO
    assert mail["Subject"] == "Tietosuojapyyntöjä avoinna: 1"
    assert named(mail, "Tullut edellisen viestin jälkeen: 1") == [reference]
    assert named(mail, "Ilman asianhoitajaa: 1") == [reference]
    assert "https://desk.example/desk/" in mail.get_content()


@pytest.mark.parametrize("language", ["fi", "en"])
def test_nothing_personal_is_in_it(engine, small, language):
    site = small.site.model_copy(update={"default_language": language})
    filed(engine, MONDAY)

    [mail] = told(engine, replace(small, site=site), TUESDAY)

    assert EMAIL not in mail.as_string()
    assert "Testinen" not in mail.get_content()
    assert "⟦" not in mail.get_content()
    assert mail["Content-Language"] == language


def test_each_colleague_gets_a_mail_of_their_own(engine, small):
    filed(engine, MONDAY)

    mails = told(engine, small, TUESDAY, addresses=(AINO, BERTTA))

    assert sorted(mail["To"] for mail in mails) == [AINO, BERTTA]


@pytest.mark.parametrize(
    ("now", "count"),
    [
        pytest.param(TUESDAY - timedelta(minutes=2), 0, id="a minute to seven"),
        pytest.param(TUESDAY, 1, id="past seven"),
        pytest.param(TUESDAY + timedelta(hours=12), 1, id="the worker was away"),
        pytest.param(FRIDAY + DAY, 0, id="Saturday"),
        pytest.param(datetime(2026, 12, 24, 9, tzinfo=UTC), 0, id="Christmas Eve"),
        pytest.param(datetime(2026, 7, 1, 4, 1, tzinfo=UTC), 1, id="summer time"),
    ],
)
def test_it_comes_on_working_days_from_its_hour_on(engine, small, now, count):
    filed(engine, datetime(2026, 6, 1, tzinfo=UTC))

    assert len(told(engine, small, now)) == count


def test_it_comes_once_a_day_however_often_the_worker_works(engine, small):
    filed(engine, MONDAY)

    mails = [
        told(engine, small, TUESDAY + timedelta(hours=hours)) for hours in range(5)
    ]

    assert [len(each) for each in mails] == [1, 0, 0, 0, 0]
    assert len(told(engine, small, TUESDAY + DAY)) == 1


def test_two_workers_send_it_once_through_a_real_server(engine, small):
    filed(engine, MONDAY)
    with mail_server() as box:
        workers = [
            replace(worker_of(engine, RING, post_to(box.address), small), team=TEAM)
            for _ in range(2)
        ]
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda worker: work(worker, now=lambda: TUESDAY), workers))

    assert [each.rcpt_tos for each in box.envelopes if AINO in each.rcpt_tos] == [
        [AINO]
    ]


def test_what_comes_after_a_quiet_morning_waits_for_the_next_one(engine, small):
    assert told(engine, small, TUESDAY) == []
    [reference] = filed(engine, TUESDAY + timedelta(hours=2))
    assert told(engine, small, TUESDAY + timedelta(hours=3)) == []

    [mail] = told(engine, small, TUESDAY + DAY)

    assert named(mail, "Tullut edellisen viestin jälkeen: 1") == [reference]


def test_the_first_working_day_of_a_week_tells_that_there_is_nothing(engine, small):
    [mail] = told(engine, small, MONDAY)

    assert mail["Subject"] == "Tietosuojapyynnöt: ei tehtävää"
    assert "Avoimia pyyntöjä ei ole." in mail.get_content()
    assert "lomake vastasi" in mail.get_content()


def test_after_a_holiday_that_is_a_later_day(engine, small):
    easter_monday = datetime(2026, 4, 6, 5, tzinfo=UTC)

    assert told(engine, small, easter_monday) == []
    assert len(told(engine, small, easter_monday + DAY)) == 1
    assert told(engine, small, easter_monday + 2 * DAY) == []


def test_a_form_that_does_not_answer_is_told_of_on_any_day(engine, small):
    [mail] = told(engine, small, TUESDAY, answers=lambda _address: False)

    assert mail["Subject"] == "Pyyntölomake ei vastaa"
    assert "https://soutuseura.example/request/" in lines(mail)
    assert "lomake vastasi" not in mail.get_content()


def test_the_form_is_asked_at_its_own_address_and_once_a_day(engine, small):
    asked = []
    for hours in range(3):
        now = MONDAY + timedelta(hours=hours)
        told(engine, small, now, answers=lambda at: asked.append(at) or True)

    assert asked == ["https://soutuseura.example/request/"]


def test_where_the_form_is_not_checked_the_mail_says_so(engine, small):
    [mail] = told(engine, small, MONDAY, answers=None)

    assert "Lomakkeen vastaamista ei tarkistettu." in mail.get_content()


TOPICS = [
    pytest.param(due_on(date(2026, 11, 23)), "1 on myöhässä. Vastaa siihen ja kerro viivästymisestä:", id="late"),
    pytest.param(due_on(date(2026, 11, 24)), "Viimeinen vastauspäivä tänään tai seuraavana työpäivänä: 1", id="today"),
    pytest.param(due_on(date(2026, 11, 25)), "Viimeinen vastauspäivä tänään tai seuraavana työpäivänä: 1", id="tomorrow"),
    pytest.param(due_on(date(2026, 12, 1)), "Viimeinen vastauspäivä viikon kuluessa: 1", id="within a week"),
    pytest.param({"state": State.WAITING}, "Odottaa pyytäjää: 1", id="waits for the person"),
    pytest.param({"suspicion": "trap"}, "Roskapostiksi epäilty: 1. Määräaika kuluu siinäkin:", id="suspect"),
]  # fmt: skip


@pytest.mark.parametrize(("values", "sentence"), TOPICS)
def test_each_topic_names_its_cases(engine, small, values, sentence):
    reference, other = filed(engine, FRIDAY, count=2)
    change(engine, reference, **values)

    [mail] = told(engine, small, TUESDAY)

    assert named(mail, sentence) == [reference]
    assert other in mail.get_content()


def test_before_a_holiday_the_next_working_day_is_the_one_after_it(engine, small):
    [reference] = filed(engine, datetime(2026, 12, 1, tzinfo=UTC))
    change(engine, reference, **due_on(date(2026, 12, 28)))

    [mail] = told(engine, small, datetime(2026, 12, 23, 9, tzinfo=UTC))

    sentence = "Viimeinen vastauspäivä tänään tai seuraavana työpäivänä: 1"
    assert named(mail, sentence) == [reference]


def test_of_many_the_first_ones_are_named(engine, small):
    filed(engine, FRIDAY, count=13)

    [mail] = told(engine, small, TUESDAY)

    below = named(mail, "Ilman asianhoitajaa: 13")
    assert len(below) == 10
    assert below[-1].endswith(" ja 3 muuta")


def test_what_the_person_wrote_is_told(engine, small):
    [reference] = filed(engine, FRIDAY)
    with writing(engine) as connection:
        [case_id] = connection.scalars(tables.cases.select())
        message = Message(
            id="m",
            case_id=case_id,
            sender=Sender.PERSON,
            for_desk=b"d",
            for_person=b"p",
            written_at=FRIDAY,
        )
        messages.add(connection, message)

    [mail] = told(engine, small, TUESDAY)

    assert named(mail, "Pyytäjä on kirjoittanut: 1") == [reference]


def test_an_answer_that_has_waited_for_a_week_is_told(engine, small):
    case, _ = filed_case(engine)  # on Sunday 22 November
    delivered(engine, case, way=Way.LETTER)
    sentence = (
        "Vastaus on peruttu tai sitä ei ole haettu viikkoon: 1. "
        "Hakematon ei ole toimitettu:"
    )

    [soon] = told(engine, small, MONDAY + 4 * DAY)
    [later] = told(engine, small, MONDAY + 7 * DAY)

    assert sentence not in lines(soon)
    assert named(later, sentence) == [case.reference]


def test_a_mail_that_was_given_up_is_told(engine, small):
    [reference] = filed(engine, FRIDAY)
    refusal = PostError("recipient", for_good=True)
    told(engine, small, FRIDAY + DAY, office=PostOffice(refusal))

    [mail] = told(engine, small, TUESDAY)

    assert named(mail, "Sähköposti ei mennyt perille: 1. Tavoita pyytäjä muuten:") == [
        reference
    ]


def test_a_message_to_the_team_that_was_given_up_is_told_to_the_others(engine, small):
    refused = PostOffice(PostError("recipient", for_good=True))
    assert told(engine, small, MONDAY, office=refused) == []

    [mail] = told(engine, small, TUESDAY, addresses=(BERTTA,))

    assert "Työryhmän viesteistä jäi lähtemättä: 1." in mail.get_content()


def test_a_day_near_its_limit_is_told(engine, small):
    filed(engine, MONDAY, count=4)

    [mail] = told(engine, small, TUESDAY, day_limit=5)
    assert "Lomake otti yhden päivän aikana pyyntöjä: 4." in mail.get_content()


def test_an_ordinary_day_is_not(engine, small):
    filed(engine, MONDAY, count=3)

    [mail] = told(engine, small, TUESDAY, day_limit=5)
    assert "Lomake otti" not in mail.get_content()


def hire(engine, name, **more):
    row = {
        "id": name,
        "name": name,
        "role": Role.HANDLER,
        "language": "fi",
        "created_at": FRIDAY,
    }
    with writing(engine) as connection:
        connection.execute(insert(tables.accounts), row | more)


def test_a_case_of_a_disabled_account_is_nobodys(engine, small):
    mine, left = filed(engine, FRIDAY, count=2)
    hire(engine, "aino")
    hire(engine, "bertta", disabled_at=FRIDAY)
    change(engine, mine, handler_id="aino")
    change(engine, left, handler_id="bertta")

    [mail] = told(engine, small, TUESDAY)

    assert named(mail, "Ilman asianhoitajaa: 1") == [left]


def test_whose_handler_is_away_without_a_deputy_is_told(engine, small):
    covered, left, theirs = filed(engine, FRIDAY, count=3)
    for name, case in (("aino", covered), ("bertta", left), ("eino", theirs)):
        hire(engine, name)
        change(engine, case, handler_id=name)
    for name, deputy in (("aino", "eino"), ("bertta", None)):
        days = {"first_day": MONDAY.date(), "last_day": TUESDAY.date()}
        with writing(engine) as connection:
            absences.put(connection, Absence(account_id=name, deputy_id=deputy, **days))

    [mail] = told(engine, small, TUESDAY)

    sentence = (
        "Vastuuhenkilö poissa, ei sijaista: 1. Ota asia hoitaaksesi tai sovi sijainen:"
    )
    assert named(mail, sentence) == [left]
    assert "Ilman asianhoitajaa" not in mail.get_content()
    assert "bertta" not in mail.get_content()
    assert told(engine, small, TUESDAY + DAY) == []  # both are at work again
    with reading(engine) as connection:
        assert absences.lasting_until(connection, date.min) == {}


def test_the_end_of_the_audit_trail_is_told(engine, small):
    filed(engine, FRIDAY)
    with reading(engine) as connection:
        newest = audit.entries(connection)[-1]

    [mail] = told(engine, small, TUESDAY)

    assert f"{newest.seq} {newest.digest}" in lines(mail)


def test_it_is_dropped_after_a_month(engine, small):
    told(engine, small, MONDAY)
    told(engine, small, MONDAY + 29 * DAY)  # a Tuesday, and quiet
    with reading(engine) as connection:
        assert len(connection.execute(tables.outbox.select()).all()) == 1

    told(engine, small, MONDAY + 31 * DAY)

    with reading(engine) as connection:
        assert connection.execute(tables.outbox.select()).all() == []


def test_without_a_team_nobody_is_told(engine, small):
    filed(engine, FRIDAY)
    office = PostOffice()

    work(worker_of(engine, RING, office, small), now=lambda: TUESDAY)

    assert [to for _, to in office.taken] == [EMAIL]


def test_people_get_their_mails_though_the_digest_cannot_be_sealed(engine, small):
    filed(engine, FRIDAY, submission=SUBMISSION)
    office = PostOffice()

    def missing():
        return Keyring([])["none"]

    settings = replace(SETTINGS, sealing_key=missing)
    assert told(engine, small, TUESDAY, office=office, settings=settings) == []
    assert [to for _, to in office.taken] == [EMAIL]
