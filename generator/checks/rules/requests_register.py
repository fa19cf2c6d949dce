"""The register of the requests themselves, which the product proposes."""

from collections.abc import Iterator

from generator.checks.findings import Observation, Severity
from generator.checks.notice_view import NoticeView, RegisterView
from generator.checks.registry import NOTICE_RULES, REGISTER_RULES, Articles
from generator.content.model import AUDIT_TRAIL, RUNS_FROM, Period

REQUESTS = "data-protection-requests"  # the id of the register


@REGISTER_RULES.quality("not-adopted", Articles("5(2)"), severity=Severity.GAP)
def a_proposal_is_adopted(register: RegisterView) -> Iterator[Observation]:
    """A register that the product proposes is read and accepted by the organisation."""
    if register.register.adopted is False:
        yield register.observe("adopted")


@NOTICE_RULES.quality(
    "no-requests-register", Articles("13(1)", "14(1)"), severity=Severity.GAP
)
def the_form_has_a_register(notice: NoticeView) -> Iterator[Observation]:
    """Whoever takes requests by a form tells what happens to the data in them."""
    ids = {register.id for register in notice.registers}
    if notice.content.site.request_form and REQUESTS not in ids:
        yield Observation(notice.file_location("notice.yaml"), id=REQUESTS)


@REGISTER_RULES.quality(
    "request-times",
    Articles("13(2)(a)", "14(2)(a)", besides="5(1)(e)"),
    severity=Severity.GAP,
)
def the_times_are_those_the_app_deletes_by(
    register: RegisterView,
) -> Iterator[Observation]:
    """The register of requests tells what the app deletes by, and what stays."""
    if register.id != REQUESTS or not register.register.retention:
        return
    periods = {each.what: each for each in register.register.retention}
    untold = [
        f"{key} (after: {event})"
        for key, event in RUNS_FROM.items()
        if not _is_time_from(periods.get(key), event)
    ]
    if AUDIT_TRAIL not in periods or periods[AUDIT_TRAIL].criterion is None:
        untold.append(f"{AUDIT_TRAIL} (criterion: …)")
    if untold:
        yield register.observe("retention", keys=", ".join(untold))


def _is_time_from(period: Period | None, event: str) -> bool:
    return bool(period and period.criterion is None and period.after == event)
