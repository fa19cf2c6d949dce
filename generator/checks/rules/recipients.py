"""Who receives data: their names, roles and instructions."""

from collections.abc import Iterator

from generator.checks.findings import Observation, Severity
from generator.checks.notice_view import NoticeView, RegisterView
from generator.checks.registry import NOTICE_RULES, REGISTER_RULES, Articles
from generator.content.base_model import NotApplicableReason


@NOTICE_RULES.quality("recipient-unnamed", Articles("13(1)(e)", "14(1)(e)"))
def recipients_are_named(notice: NoticeView) -> Iterator[Observation]:
    """Recipients are named, or it is told why only their kind is."""
    for recipient in notice.recipients():
        if not recipient.name and not recipient.named_at:
            yield notice.observe(recipient)


@NOTICE_RULES.quality(
    "recipient-role", Articles("13(1)(e)", "14(1)(e)", besides="4(9)")
)
def recipients_have_a_role(notice: NoticeView) -> Iterator[Observation]:
    """Of each recipient it is told whether it works for you or for itself."""
    for recipient in notice.recipients():
        if recipient.role is None:
            yield notice.observe(recipient)


@NOTICE_RULES.quality("processor-country", Articles("13(1)(f)", "14(1)(f)"))
def processors_have_a_country(notice: NoticeView) -> Iterator[Observation]:
    """Of a processor it is told in which country it processes."""
    for recipient in notice.recipients():
        if recipient.role == "processor" and recipient.country is None:
            yield notice.observe(recipient)


@NOTICE_RULES.quality("processor-instructions", Articles("28(3)"))
def processors_have_instructions(notice: NoticeView) -> Iterator[Observation]:
    """A processor is bound by a contract and by your instructions."""
    for recipient in notice.recipients():
        instructions = notice.first_mention("instructions", [recipient.text])
        if recipient.role == "processor" and not instructions:
            yield notice.observe(recipient)


@REGISTER_RULES.quality(
    "recipients-contradicted", Articles("13(1)(e)", "14(1)(e)"), severity=Severity.GAP
)
def nobody_means_nobody(register: RegisterView) -> Iterator[Observation]:
    """A register that says it gives data to nobody has no purpose that does."""
    own = register.register.disclosures
    if isinstance(own, NotApplicableReason) and register.recipients:
        names = ", ".join(map(register.notice.recipient, register.recipients))
        yield register.observe("disclosures", recipients=names)


@REGISTER_RULES.quality("alliance", Articles("26(2)"))
def several_parties_say_who_decides(register: RegisterView) -> Iterator[Observation]:
    """Where several parties act together, it is told whether they decide together."""
    own = register.register
    if own.joint_controllers or own.controller or _have_roles(register):
        return
    others = (*register.recipient_texts(), *register.source_texts())
    if mention := register.notice.first_mention(
        "alliance", (own.name, own.about, *others)
    ):
        yield Observation(register.notice.locations.of(mention.text), word=mention.word)


def _have_roles(register: RegisterView) -> bool:
    roles = [recipient.role for recipient in register.recipients]
    return bool(roles) and None not in roles
