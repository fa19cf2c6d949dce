"""A case on the way to its answer, as the tests of the desk take it there."""

import re
import secrets

from sqlalchemy import select

from request_app.cases.intake.submission import Submission
from request_app.cases.letters import archive
from request_app.cases.lifecycle.record import take_steps
from request_app.cases.rights import Outcome
from request_app.cases.steps.decision import Decided
from request_app.cases.steps.facts import IdentityMethod
from request_app.cases.steps.notification import RecipientSettled
from request_app.cases.steps.search import Searched
from request_app.cases.steps.step import ProposedStep
from request_app.cases.steps.verification import IdentitySettled
from request_app.deadlines import local_day
from request_app.store import cases, deliveries, letters
from request_app.store.database import reading, writing
from request_app.store.tables import metadata
from request_app.store.values import LetterKind, Right
from request_app.web.services import NAME, now
from tests.support.filed_requests import EMAIL, file

REGISTERS = ("members", "newsletter-and-events")
RECIPIENTS = (
    "rowing-federation",
    "accounting",
    "newsletter-service",
    "regatta-organisers",
)
INFORMATION = "Käytämme tietojasi jäsenyyden hoitamiseen."
SEND = {
    "means": "email",
    "address": "request",
    "others": "none",
    "access_information": INFORMATION,
}
PAPER = SEND | {"means": "paper"}
LETTER = SEND | {"means": "letter"}
CODE = re.compile(r"(?:[2-9A-Z]{4}-){6}[2-9A-Z]{4}")


def asked(*rights, name="Testi Testinen", request=None, **person):
    """A request about the members and the newsletter."""
    return Submission(
        language="fi",
        rights=frozenset(rights or {Right.ACCESS}),
        registers=frozenset(REGISTERS),
        all_data=False,
        parts={
            "person": {"name": name, "email": EMAIL} | person,
            "request": request or {},
        },
        email=EMAIL,
    )


def case_of(app, *rights, **more):
    """A case, and the notice that the desk shows today."""
    return case_and_code(app, *rights, **more)[0]


def case_and_code(app, *rights, **more):
    parts = app.extensions[NAME]
    with writing(parts.engine) as connection:
        receipt = file(
            connection,
            asked(*rights, **more),
            settings=parts.case_settings(),
            notice=parts.published.edition().notice,
            nonce=secrets.token_bytes(16),
            received_at=now(),
            entered_at=now(),
        )
        return cases.by_reference(connection, receipt.reference), receipt.code


def do(app, case, *acts):
    """Take steps past all pages."""
    acts = [
        each if isinstance(each, ProposedStep) else ProposedStep(step=each)
        for each in acts
    ]
    with app.extensions[NAME].writing("staff:aino") as action:
        take_steps(action, case.id, acts, version=None)


def today():
    return local_day(now())


def known(method=IdentityMethod.NO_DOUBT):
    return IdentitySettled(method=method, on=today())


def searched(*, found=True):
    return [Searched(place=place, found=found) for place in REGISTERS]


def granted(right=Right.ACCESS, group="all", **words):
    step = Decided(right=right, group=group, outcome=Outcome.GRANTED, on=today())
    return ProposedStep(step=step, words=words)


def refused(right, group="all", *, ground, **words):
    step = Decided(
        right=right, group=group, outcome=Outcome.REFUSED, on=today(), ground=ground
    )
    return ProposedStep(step=step, words=words)


def told(*recipients):
    """Every recipient got the data and was told today."""
    return [
        ProposedStep(
            step=RecipientSettled(recipient=each, got=True, told_on=today()),
            words={"name": "Esimerkkiregatta ry"},
        )
        for each in recipients or RECIPIENTS
    ]


def ready(app, *rights, **more):
    """A case in which all is done but the answer."""
    rights = rights or (Right.ACCESS,)
    case = case_of(app, *rights, **more)
    do(app, case, known(), *searched(), *map(granted, rights), *told())
    return case


def page_of(case, path=""):
    return f"/desk/cases/{case.reference}/{path}"


def fields(page, form="main form"):
    """What a browser would send of the fullest form of a page."""
    [found] = [
        each
        for each in page.soup.select(form)
        if each.find("input", {"name": "version"})
    ][-1:]
    sent = {}
    for it in found.find_all(["input", "textarea", "select"]):
        kind, name = it.get("type"), it.get("name")
        if kind in {"radio", "checkbox"} and not it.has_attr("checked"):
            continue
        if it.name == "select":
            chosen = it.find("option", selected=True)
            value = chosen["value"] if chosen else ""
        elif it.name == "textarea":
            value = it.get_text().removeprefix("\n")
        else:
            value = it.get("value", "")
        if kind != "file" and name:
            sent.setdefault(name, []).append(value)
    return sent


def send(browser, at, /, *, go, **typed):
    """Fill in a page and press a button of it."""
    page = browser.open(at)
    return browser.post(at, data=fields(page) | typed | {"go": go})


def attach(browser, case, *files):
    """Put files in, as a browser sends them; Werkzeug's client would use the disk."""
    address = page_of(case, "answer")
    typed = fields(browser.open(address)) | {"go": ["attach"]}
    parts = [
        *((name, "", each.encode()) for name, sent in typed.items() for each in sent),
        *(("file", f'; filename="{name}"', content) for name, content in files),
    ]
    body = b"".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode()
        + content
        + b"\r\n"
        for name, more, content in parts
    )
    kind = "multipart/form-data; boundary=x"
    return browser.post(address, data=body + b"--x--\r\n", content_type=kind)


def dump(app):
    """Every row of every table but the trail, which tells that a case was opened."""
    left_out = {"audit", "staff_sessions"}
    with reading(app.extensions[NAME].engine) as connection:
        return {
            name: sorted(map(repr, connection.execute(select(table))))
            for name, table in metadata.tables.items()
            if name not in left_out
        }


def deliveries_of(app, case):
    with reading(app.extensions[NAME].engine) as connection:
        return deliveries.of_case(connection, case.id)


def letter_of(app, case):
    with app.extensions[NAME].reading("test") as action:
        [kept] = [
            each
            for each in letters.of_case(action.connection, case.id)
            if each.kind is LetterKind.ANSWER
        ]
        return archive.words_of(action, kept)["text"]
