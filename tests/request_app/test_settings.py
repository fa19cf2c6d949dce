import dataclasses
from pathlib import Path

import pytest

from request_app import create_app, deadlines
from request_app.settings import VARIABLES, Settings, SettingsError, read
from tests.support.form_app import settings


def test_without_any_setting_the_defaults_hold():
    assert read({"PATH": "/bin"}) == Settings(
        content=Path(),
        database_url="sqlite:///var/seloste.sqlite3",
        form_keys=Path("var/form"),
        desk_keys=Path("var/desk"),
        site_url="",
        form_url="",
        hosts=("localhost", "127.0.0.1"),
        proxies=0,
        hour_limit=20,
        day_limit=1000,
        smtp="smtp://localhost:25",
        mail_from="seloste@localhost.localdomain",
        aim_days=deadlines.AIM_DAYS,
        working_eves=frozenset(),
        team=(),
        digest_hour=7,
        check_form=True,
        desk_url="",
        desk_hosts=("localhost", "127.0.0.1"),
        backups=Path("var/backups"),
        insecure_http=False,
        one_user=False,
    )


def test_what_is_set_is_read():
    settings = read(
        {
            "SELOSTE_DATABASE_URL": "postgresql://seloste@db.example/seloste",
            "SELOSTE_FORM_KEYS": "/etc/seloste/form",
            "SELOSTE_MAIL_FROM": "tietosuoja@example.com",
            "SELOSTE_AIM_DAYS": "7",
            "SELOSTE_WORKING_EVES": "christmas, midsummer",
        }
    )

    assert settings.database_url == "postgresql://seloste@db.example/seloste"
    assert settings.form_keys == Path("/etc/seloste/form")
    assert settings.mail_domain == "example.com"
    assert settings.aim_days == 7
    assert settings.working_eves == {"christmas", "midsummer"}


def test_a_team_is_several_addresses_each_of_them_once():
    team = "aino@example.com, bertta@example.com,aino@example.com,"

    assert read({"SELOSTE_TEAM": team}).team == (
        "aino@example.com",
        "bertta@example.com",
    )


def test_an_empty_setting_is_none():
    assert read({"SELOSTE_AIM_DAYS": ""}).aim_days == 14


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("AIM_DAYS", "two weeks", "“two weeks” is not a number between 1 and 28."),
        ("AIM_DAYS", "0", "“0” is not a number between 1 and 28."),
        ("AIM_DAYS", "31", "“31” is not a number between 1 and 28."),
        ("WORKING_EVES", "easter", "“easter” is not among christmas, midsummer."),
        ("MAIL_FROM", "tietosuoja", "no e-mail address of the form name@example.com."),
        (
            "TEAM",
            "aino@example.com, aino",
            "no e-mail address of the form name@example.com.",
        ),
        ("DIGEST_HOUR", "24", "“24” is not a number between 0 and 23."),
        ("CHECK_FORM", "maybe", "“maybe” is neither yes nor no."),
        (
            "SMTP",
            "mail.example:25",
            "begins with smtp or smtp+tls or smtps or console:.",
        ),
        ("SMTP", "smtp:", "the address names no server."),
        ("SITE_URL", "example.com", "begins with neither https:// nor /."),
        ("DATABASE_URL", "mysql://db/x", "begins with sqlite: or postgresql:."),
        ("DATABASE_URL", "no address", "this is no address of a database."),
        ("AIM_DAY", "14", "no such setting. Did you mean SELOSTE_AIM_DAYS?"),
        ("QUUX", "1", "SELOSTE_QUUX: there is no such setting."),
    ],
)
def test_a_fault_is_told_in_a_sentence(name, value, told):
    with pytest.raises(SettingsError) as caught:
        read({f"SELOSTE_{name}": value})

    [fault] = caught.value.faults
    assert fault.startswith(f"SELOSTE_{name}: ")
    assert fault.endswith(told)


def test_every_fault_is_told_at_once():
    with pytest.raises(SettingsError) as caught:
        read({"SELOSTE_AIM_DAYS": "x", "SELOSTE_WORKING_EVES": "x", "SELOSTE_X": "x"})

    assert len(caught.value.faults) == 3
    assert str(caught.value).count("\n") == 2


def test_the_address_of_the_database_is_never_repeated():
    with pytest.raises(SettingsError) as caught:
        read({"SELOSTE_DATABASE_URL": "mysql://seloste:salainen@db.example/x"})

    assert "salainen" not in str(caught.value)
    url = "postgresql://seloste:salainen@db.example/x"
    assert "salainen" not in repr(read({"SELOSTE_DATABASE_URL": url}))


def test_settings_cannot_be_changed():
    with pytest.raises(AttributeError):
        read({}).aim_days = 1


def test_each_setting_has_a_variable_and_a_meaning():
    assert [field.name for field in dataclasses.fields(Settings)] == list(VARIABLES)
    assert all(variable.meaning.endswith(".") for variable in VARIABLES.values())


def test_a_setting_that_cannot_be_used_stops_the_start(tmp_path):
    chosen = settings("sqlite:///x", tmp_path) | {"SELOSTE_AIM_DAYS": "0"}
    with pytest.raises(SettingsError):
        create_app(chosen)
