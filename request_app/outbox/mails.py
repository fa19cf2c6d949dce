"""Writing mails from facts, without anything of what the request says.

The acknowledgement names the last day, what happens next and the contact: GDPR Art. 12.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import partial
from urllib.parse import urljoin

from email_validator import validate_email

from generator.content.reader import Content
from generator.render import environment
from generator.ways_to_ask import ways_to_ask
from request_app.cases.messages.mail import Addressee
from request_app.formatting import day
from request_app.store import digest_query, outbox


@dataclass(frozen=True)
class TopicCases:
    """The number of cases of a topic, and the references of the first ones."""

    count: int
    references: list[str]

    @property
    def more(self) -> int:
        return self.count - len(self.references)


def topic_cases(fact: str) -> TopicCases:
    """Read a topic of the digest, for instance “12 BCDF-GHJK CDFG-HJKL”."""
    count, *references = fact.split()
    return TopicCases(int(count), references)


TOPICS = [topic.value for topic in digest_query.Topic]
# The facts of each kind of mail, and how they are read; all of them are required.
FACTS: Mapping[str, Mapping[str, Callable[[str], object]]] = {
    "received": {
        "reference": str,
        "received_on": date.fromisoformat,
        "due": date.fromisoformat,
    },
    "message": {"reference": str},
    "identity": {"reference": str},
    "answer": {"reference": str, "code": str},
    "reminder": {"reference": str, "sent_on": date.fromisoformat},
    "digest": {
        **dict.fromkeys(TOPICS, topic_cases),
        "open": int,
        "full": int,
        "lost": int,
        "form_check": str,
        "weekly": bool,
        "desk": str,
        "head": str,
    },
}


@dataclass(frozen=True, kw_only=True)
class MailSender:
    """The organisation that mails and letters come from, and its addresses."""

    content: Content
    address: str
    form_url: str

    def form(self, language: str) -> str:
        site = self.content.site
        form = self.form_url or site.request_form or "/request/"
        below = "" if language == site.default_language else f"{language}/"
        return urljoin(site.base_url, form) + below

    def language(self, wanted: str) -> str:
        """The language of a case, or the default if the site no longer has it."""
        site = self.content.site
        return wanted if wanted in site.languages else site.default_language

    def text(self, template: str, language: str, **values: object) -> str:
        """Fill in a text template with its values and the organisation."""
        organisation = self.content.organisation
        made = environment(language).get_template(template)
        return made.render(
            controller=organisation.controller,
            law=self.content.law,
            ways=list(ways_to_ask(organisation)),
            form=self.form(language),
            day=partial(day, language=language),
            **values,
        ).strip()


def recipient_of(address: str) -> str:
    """The address that a mail goes to, with its domain in ASCII."""
    found = validate_email(address, check_deliverability=False, allow_smtputf8=False)
    return str(found.ascii_email)


def compose(
    mail: outbox.Mail, to: Addressee, *, sender: MailSender, now: datetime
) -> EmailMessage:
    """Compose a mail; its id is fixed, so that a mail sent twice is seen as one."""
    controller = sender.content.organisation.controller
    subject, _, body = _text(mail, to.words, sender).partition("\n")
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(
        controller.trade_name or controller.name, addr_spec=sender.address
    )
    message["To"] = Address(addr_spec=to.email)
    message["Subject"] = subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no automatic replies
    message.set_content(body.strip() + "\n")
    message["Content-Language"] = (
        mail.language
    )  # set last, because set_content clears it
    return message


def _text(mail: outbox.Mail, words: Mapping[str, str], sender: MailSender) -> str:
    # a digest written before an upgrade lacks newer topics
    given = {**dict.fromkeys(TOPICS, "0"), **mail.facts, **words}
    facts = {name: read(given[name]) for name, read in FACTS[mail.kind].items()}
    return sender.text(
        f"mail/{mail.kind}.txt",
        sender.language(mail.language),
        mail_id=mail.id,
        **facts,
    )
