"""Where the tests' mails go."""

from dataclasses import replace

from request_app.cases.records.deletion import Deleter
from request_app.outbox.mails import MailSender
from request_app.outbox.worker import Worker
from request_app.published import edition_of
from tests.support.filed_requests import SETTINGS

FROM = "tietosuoja@soutuseura.example"


class PostOffice:
    """Takes every mail, and can be told to refuse some first."""

    def __init__(self, *refusals):
        self.refusals = list(refusals)
        self.taken = []

    def __call__(self, message, recipient):
        if self.refusals:
            raise self.refusals.pop(0)
        self.taken.append((message, recipient))


def worker_of(engine, ring, post, content):
    sender = MailSender(content=content, address=FROM, form_url="/request/")
    edition = edition_of(content)
    settings = replace(
        SETTINGS,
        keyring=lambda: ring,
        sealing_key=lambda: next(iter(ring)).public,
        mail_domain=FROM.rpartition("@")[2],
    )
    return Worker(
        engine=engine,
        settings=settings,
        post=post,
        sender=lambda: sender,
        edition=lambda: edition,
        deleter=Deleter(engine=engine, settings=settings),
        secret=b"s" * 32,
    )
