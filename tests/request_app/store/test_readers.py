"""Restricting a case to its readers, and opening it to everyone again."""

from request_app.store import accounts, cases, readers
from request_app.store.accounts import Account
from request_app.store.database import writing
from request_app.store.values import Role
from tests.support.filed_requests import NOW, file


def hire(connection, name):
    account = Account(
        id=name, name=name, role=Role.HANDLER, language="fi", created_at=NOW
    )
    assert accounts.add(connection, account)
    return name


def test_readers_replace_those_before_and_none_opens_the_case(engine):
    with writing(engine) as connection:
        case = cases.by_reference(connection, file(connection).reference)
        aino, bertta = hire(connection, "aino"), hire(connection, "bertta")

        readers.restrict(connection, case.id, [aino])
        readers.restrict(connection, case.id, [bertta, bertta])
        assert readers.of_case(connection, case.id) == {bertta}
        assert readers.cases_of_reader(connection, aino) == frozenset()
        assert readers.cases_of_reader(connection, bertta) == {case.id}
        assert cases.by_id(connection, case.id).restricted

        readers.restrict(connection, case.id, [])
        assert readers.of_case(connection, case.id) == frozenset()
        assert not cases.by_id(connection, case.id).restricted
