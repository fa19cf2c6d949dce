"""Cases of the rowing club, and steps in them as a browser sends them."""

from request_app.store import cases, letters, messages, outbox, steps
from request_app.store.database import reading, writing
from request_app.web.services import NAME, now
from tests.support.desk_cases import again
from tests.support.filed_requests import SUBMISSION, file

NONCE = b"a nonce of a case"
REASON = "complex_volume"  # of an extension
FACTS = "Sähköposteja on 4 000."


def here(desk, submission=SUBMISSION, nonce=NONCE, **changes):
    """A request with the notice that the desk itself has."""
    parts = desk.extensions[NAME]
    came = {"nonce": nonce, "received_at": now(), "entered_at": now()} | changes
    notice, settings = parts.published.edition().notice, parts.case_settings()
    with writing(parts.engine) as connection:
        receipt = file(connection, submission, notice=notice, settings=settings, **came)
        return cases.by_reference(connection, receipt.reference)


def address(case, page=""):
    return f"/desk/cases/{case.reference}/{page}"


def send(browser, case, page, **fields):
    return browser.send(address(case, page), **fields)


def step(desk, browser, case, page, **fields):
    """Send a form of the case as it is now."""
    version = again(desk, case).version
    return send(browser, case, page, **{"version": version} | fields)


def in_store(desk, function, *given, **more):
    with reading(desk.extensions[NAME].engine) as connection:
        return function(connection, *given, **more)


def kept(desk, case):
    """What a refused step must leave as it was."""
    return (
        again(desk, case),
        in_store(desk, steps.of_case, case.id),
        in_store(desk, letters.of_case, case.id),
        in_store(desk, messages.of_case, case.id),
        in_store(desk, outbox.of_case, case.id),
    )


def draft_of(page):
    return {
        each["name"]: each.get_text().removeprefix("\n")
        for each in page.soup.select(".paper textarea")
    }
