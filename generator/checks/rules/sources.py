"""Where data come from: what is named as a source but belongs elsewhere."""

from collections.abc import Iterator

from generator.checks.findings import Observation
from generator.checks.notice_view import NoticeView
from generator.checks.registry import NOTICE_RULES, Articles
from generator.content.values import Text


@NOTICE_RULES.quality(
    "tool-as-source", Articles("13(1)(e)", "14(1)(e)", besides="4(8)")
)
def tools_are_recipients(notice: NoticeView) -> Iterator[Observation]:
    """A tool that works for you gets data; it is told among the recipients."""
    for source in notice.sources():
        owner = notice.only_user(source)
        for part in (source, *(source.includes or ())):
            for service, name in notice.reference.services_in(part.name.root.values()):
                if service.tool:
                    at = notice.locations.of(part)
                    yield Observation(at, register=owner, entry=source.id, service=name)
                    break


@NOTICE_RULES.quality(
    "purpose-in-source", Articles("13(1)(c)", "14(1)(c)", besides="5(1)(b)")
)
def sources_hide_no_purpose(notice: NoticeView) -> Iterator[Observation]:
    """A purpose is told among the purposes, not where a source is described."""
    for source in notice.sources():
        mention = notice.first_mention("hidden_purpose", [source.text])
        purposes = [t for r in notice.used_by(source) for t in r.purpose_texts()]
        if mention and not _is_among(notice, mention.word, purposes):
            place = notice.locations.of(mention.text)
            owner = notice.only_user(source)
            yield Observation(place, register=owner, entry=source.id, word=mention.word)


def _is_among(notice: NoticeView, word: str, purposes: list[Text]) -> bool:
    """Whether a purpose has the same word, whatever its ending."""
    stem = word[:8].lower()
    return any(stem in notice.in_default_language(text).lower() for text in purposes)
