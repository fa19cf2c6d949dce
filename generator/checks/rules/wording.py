"""Vague words, placeholders, and names and laws that are out of date."""

from collections.abc import Iterator

from generator.checks import reference_data
from generator.checks.findings import Observation, Severity
from generator.checks.notice_view import NoticeView
from generator.checks.registry import NOTICE_RULES, Articles
from generator.content import locations, model
from generator.content.values import Text


@NOTICE_RULES.quality("open-ended", Articles("5(1)(b), 12(1)"))
def lists_are_complete(notice: NoticeView) -> Iterator[Observation]:
    """A list of purposes, data, sources or recipients has an end."""
    for source in notice.sources():
        if source.includes_among_others:
            place = notice.locations.of(source, "includes_among_others")
            owner = notice.only_user(source)
            yield Observation(
                place,
                variant="incomplete",
                register=owner,
                entry=source.id,
                item=notice.label(source),
            )
    for text, topics, owner in _listed(notice):
        for topic in topics:
            if mention := notice.first_mention(topic, [text]):
                place = notice.locations.of(text)
                item = notice.in_default_language(text)
                yield Observation(place, register=owner, item=item, word=mention.word)
                break


def _listed(notice: NoticeView) -> Iterator[tuple[Text, tuple[str, ...], str | None]]:
    """Yield the items of all lists, and the topics of words that leave a list open."""
    both = ("other", "open_ended")
    seen: set[int] = set()
    for register in notice.registers:
        names = [
            *((text, both) for text in register.purpose_texts()),
            *((text, both) for text in register.data_texts()),
            *((source.name, ("open_ended",)) for source in register.sources),
            *((r.recipient, ("open_ended",)) for r in register.recipients),
            *(
                (each.name, both)
                for recipient in register.recipients
                for each in recipient.data or ()
            ),
        ]
        for text, topics in names:
            if id(text) not in seen:
                seen.add(id(text))
                yield text, topics, register.id


@NOTICE_RULES.quality("hedge", Articles("12(1)"))
def statements_hold(notice: NoticeView) -> Iterator[Observation]:
    """A statement says what is done, not what is done as a rule."""
    for located in _prose(notice):
        if mention := notice.first_mention("hedge", [located.text]):
            yield _in_text(notice, located, word=mention.word)


@NOTICE_RULES.quality(
    "vague-retention", Articles("13(2)(a)", "14(2)(a)"), severity=Severity.GAP
)
def retention_is_a_time_or_a_criterion(notice: NoticeView) -> Iterator[Observation]:
    """Retention is a time, or a criterion by which people can work it out."""
    for register in notice.registers:
        for period in register.periods:
            if mention := notice.first_mention("vague_time", [period.criterion]):
                at = notice.locations.of(period, "criterion")
                yield Observation(at, register=register.id, word=mention.word)


@NOTICE_RULES.quality("retention-from", Articles("13(2)(a)", "14(2)(a)"))
def retention_runs_from_something(notice: NoticeView) -> Iterator[Observation]:
    """A retention time runs from something."""
    for register in notice.registers:
        for period in register.periods:
            if period.criterion is None and period.after is None:
                yield Observation(notice.locations.of(period), register=register.id)


@NOTICE_RULES.quality("placeholder", Articles("12(2)"))
def placeholders_are_filled(notice: NoticeView) -> Iterator[Observation]:
    """Nothing in a notice waits to be filled in."""
    for located in notice.locations.texts():
        if mention := notice.first_mention("placeholder", [located.text]):
            yield _in_text(notice, located, word=mention.word)
    pattern = notice.reference.patterns["placeholder"]
    for part in _reachable(notice):
        if part.email and pattern.fullmatch(part.email):
            yield Observation(notice.locations.of(part, "email"), word=part.email)


Reachable = model.Party | model.Contact | model.DataProtectionOfficer


def _reachable(notice: NoticeView) -> Iterator[Reachable]:
    organisation = notice.content.organisation
    yield organisation.controller
    yield from organisation.contacts or ()
    officer = organisation.data_protection_officer
    if isinstance(officer, model.DataProtectionOfficer):
        yield officer


@NOTICE_RULES.quality("repealed-law", Articles("12(1)"))
def laws_are_in_force(notice: NoticeView) -> Iterator[Observation]:
    """A law that a notice names is in force."""
    patterns = [
        (reference_data.word_pattern(each.words), each)
        for each in notice.reference.repealed
    ]
    for located in notice.locations.texts():
        for pattern, law in patterns:
            if word := reference_data.first_word(pattern, located.text):
                values = {"word": word, "since": law.since, "now": law.now}
                yield _in_text(notice, located, **values)
                break


@NOTICE_RULES.quality("old-authority-address", Articles("13(2)(d)", "14(2)(e)"))
def the_authority_has_moved(notice: NoticeView) -> Iterator[Observation]:
    """The address of the supervisory authority is today’s."""
    pattern = reference_data.word_pattern(notice.reference.old_addresses)
    for located in notice.locations.texts():
        if word := reference_data.first_word(pattern, located.text):
            yield _in_text(notice, located, word=word)


@NOTICE_RULES.quality("renamed-service", Articles("12(1)"))
def services_have_todays_name(notice: NoticeView) -> Iterator[Observation]:
    """A service is called what it is called today."""
    for located in notice.locations.texts():
        for service in notice.reference.renamed_in(located.text.root.values()):
            values = {"name": service.name, "now": service.now, "since": service.since}
            yield _in_text(notice, located, **values)


def _prose(notice: NoticeView) -> Iterator[locations.LocatedText]:
    """Yield the sentences: other rules look at the names of things."""
    for located in notice.locations.texts():
        last = str(located.loc[-1])
        if last not in {"name", "title", "short_title", "recipient", "how_to_withdraw"}:
            yield located


def _in_text(
    notice: NoticeView, located: locations.LocatedText, **values: str
) -> Observation:
    owner = notice.register_of(located)
    return Observation(notice.locations.of(located.text), register=owner, **values)
