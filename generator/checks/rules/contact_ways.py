"""How people can reach the organisation about their data."""

from collections.abc import Iterator

from generator.checks.findings import Observation
from generator.checks.notice_view import NoticeView
from generator.checks.registry import NOTICE_RULES, Articles


@NOTICE_RULES.quality("no-email", Articles("12(2)"))
def people_can_write(notice: NoticeView) -> Iterator[Observation]:
    """There is an e-mail address to which people can write."""
    organisation = notice.content.organisation
    emails = [each.email for each in organisation.contacts or ()]
    if not any([organisation.controller.email, *emails]):
        yield Observation(notice.locations.of(organisation.controller))


@NOTICE_RULES.quality("only-in-writing", Articles("12(2)"))
def people_may_ask_in_any_way(notice: NoticeView) -> Iterator[Observation]:
    """Writing is never the only way to ask for one's data."""
    requests = notice.content.organisation.requests
    if requests and {way.way for way in requests.ways} <= {"in-writing", "letter"}:
        yield Observation(notice.locations.of(requests))
