"""How it is known who asks: as little as is needed, and never twice."""

import pytest

from request_app.cases.identity.email_confirmation import confirmations_of
from request_app.cases.lifecycle.protection import Flags, put_flags
from request_app.cases.lifecycle.record import record_steps
from request_app.cases.steps.facts import IdentityMethod, Mandate
from request_app.cases.steps.step import ProposedStep
from request_app.cases.steps.verification import IdentityClaimed, IdentityDenied
from request_app.deadlines import PauseKind
from request_app.store.values import State
from request_app.web.services import NAME
from tests.support.desk_cases import again
from tests.support.desk_steps import draft_of, in_store, kept


def test_who_asks_is_settled_with_one_click(take, progress, show):
    page = show("identity").soup
    [button] = page.select("button[name=method]")
    assert not page.select("[name=method][checked]")
    assert page.select_one("details:not([open]) [name=checked]")
    assert take("identity", method=button["value"]).status == 303

    assert progress().identity is IdentityMethod.NO_DOUBT


def test_a_ladder_without_a_choice_settles_nothing(take, progress):
    answer = take("identity", checked="Soitimme.", go="save")
    assert answer.status == 422
    assert answer.soup.select_one("details[open] [name=checked]")

    assert progress().identity is None


@pytest.mark.parametrize(
    "what", [Flags(minor=True), Flags(hidden_address=True), IdentityDenied]
)
def test_where_doubt_is_likely_no_click_comes_first(desk, case, show, what):
    with desk.extensions[NAME].writing("person") as action:
        if isinstance(what, Flags):
            put_flags(action, case, what)
        else:
            denied = ProposedStep(step=what(on=case.received_on))
            record_steps(action, case, [denied])
    page = show("identity").soup

    assert not page.select("button[name=method]")
    assert page.select_one("form.step [name=method][value=no-doubt]:not([checked])")


def test_asking_who_asks_sends_a_mail_whose_address_is_never_shown(
    desk, case, take, progress
):
    doubt = {"doubt": "Nimi on yleinen.", "method": "confirmed"}
    page = take("identity/ask", go="draft", **doubt)
    assert "Nimi on yleinen." in draft_of(page)["section-why"]
    wrong = take("identity/ask", go="send", email="on.file@", **doubt)
    assert wrong.status == 422
    assert "on.file@" not in wrong.response.text
    sent = take("identity/ask", go="send", email="on.file@example.com", **doubt)

    assert sent.status == 303
    [asked] = in_store(desk, confirmations_of, case)
    assert asked.confirmed_at is None
    assert progress().open_questions == {PauseKind.IDENTITY}
    assert again(desk, case).state is State.WAITING


def test_nobody_is_asked_twice(desk, case, take):
    doubt = {"doubt": "Nimi on yleinen.", "method": "known-facts", "facts": "Vene."}
    assert take("identity/ask", go="send", **doubt).status == 303
    before = kept(desk, case)
    answer = take("identity/ask", go="send", **doubt)

    assert answer.status == 409
    assert "This has been asked already" in answer.words
    assert kept(desk, case) == before


def test_a_denial_asks_why_you_are_sure(desk, case, take, show):
    on = case.received_on
    said = [IdentityDenied(on=on), IdentityClaimed(on=on)]
    with desk.extensions[NAME].writing("person") as action:
        record_steps(action, case, [ProposedStep(step=each) for each in said])
    page = show()
    assert "Somebody says the request is not theirs" in page.words
    assert "somebody confirmed that the request is theirs" in page.words
    refused = take("identity", method="in-person")
    assert refused.status == 409
    assert "Write why you are sure all the same." in refused.words
    assert refused.soup.find("textarea", {"name": "why_sure"})

    assert take("identity", method="in-person", why_sure="Hän kävi.").status == 303


def test_a_mandate_is_noted_with_what_was_seen(take, progress):
    assert take("mandate", mandate="custody").status == 422
    assert take("mandate", mandate="custody", seen="Väestötietojen ote").status == 303

    assert progress().mandate is Mandate.CUSTODY
