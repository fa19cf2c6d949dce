"""Words that leave open what they should tell, and words left over from elsewhere."""

from collections.abc import Iterator

from generator.checks import known
from generator.checks.findings import Found, Severity, found
from generator.checks.rules import QUALITIES, Law, rule
from generator.checks.views import View
from generator.content import model
from generator.content.places import Placed
from generator.content.values import Text


@rule(QUALITIES, "open-ended", Law("5(1)(b), 12(1)"))
def lists_are_complete(notice: View) -> Iterator[Found]:
    """A list of purposes, data, sources or recipients has an end."""
    for source in notice.sources():
        if source.includes_among_others:
            place = notice.places.of(source, "includes_among_others")
            owner = notice.only_user(source)
            yield found(
                place,
                variant="incomplete",
                register=owner,
                entry=source.id,
                item=notice.label(source),
            )
    for said, topics, owner in _listed(notice):
        for topic in topics:
            if mention := notice.mentions(topic, [said]):
                place = notice.places.of(said)
                item = notice.shown(said)
                yield found(place, register=owner, item=item, word=mention.word)
                break


def _listed(notice: View) -> Iterator[tuple[Text, tuple[str, ...], str | None]]:
    """Give the items of all lists, and the words that leave such a list open."""
    both = ("other", "open_ended")
    seen: set[int] = set()
    for register in notice.registers:
        names = [
            *((text, both) for text in register.said_of_purposes()),
            *((text, both) for text in register.said_of_data()),
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


@rule(QUALITIES, "hedge", Law("12(1)"))
def statements_hold(notice: View) -> Iterator[Found]:
    """A statement says what is done, not what is done as a rule."""
    for placed in _prose(notice):
        if mention := notice.mentions("hedge", [placed.text]):
            yield _in_text(notice, placed, word=mention.word)


@rule(QUALITIES, "vague-retention", Law("13(2)(a)", "14(2)(a)"), severity=Severity.GAP)
def retention_is_a_time_or_a_criterion(notice: View) -> Iterator[Found]:
    """Retention is a time, or a criterion by which people can work it out."""
    for register in notice.registers:
        for period in register.periods:
            said = [period.criterion] if period.criterion else []
            if mention := notice.mentions("vague_time", said):
                at = notice.places.of(period, "criterion")
                yield found(at, register=register.id, word=mention.word)


@rule(QUALITIES, "retention-from", Law("13(2)(a)", "14(2)(a)"))
def retention_runs_from_something(notice: View) -> Iterator[Found]:
    """A retention time runs from something."""
    for register in notice.registers:
        for period in register.periods:
            if period.criterion is None and period.after is None:
                yield found(notice.places.of(period), register=register.id)


@rule(QUALITIES, "placeholder", Law("12(2)"))
def placeholders_are_filled(notice: View) -> Iterator[Found]:
    """Nothing in a notice waits to be filled in."""
    for placed in notice.places.texts():
        if mention := notice.mentions("placeholder", [placed.text]):
            yield _in_text(notice, placed, word=mention.word)
    pattern = notice.known.patterns["placeholder"]
    for part in _reachable(notice):
        if part.email and pattern.fullmatch(part.email):
            yield found(notice.places.of(part, "email"), word=part.email)


Reachable = model.Party | model.Contact | model.DataProtectionOfficer


def _reachable(notice: View) -> Iterator[Reachable]:
    organisation = notice.content.organisation
    yield organisation.controller
    yield from organisation.contacts or ()
    officer = organisation.data_protection_officer
    if isinstance(officer, model.DataProtectionOfficer):
        yield officer


@rule(QUALITIES, "repealed-law", Law("12(1)"))
def laws_are_in_force(notice: View) -> Iterator[Found]:
    """A law that a notice names is in force."""
    patterns = [(known.words(each.words), each) for each in notice.known.repealed]
    for placed in notice.places.texts():
        for pattern, law in patterns:
            if word := known.found(pattern, placed.text):
                values = {"word": word, "since": law.since, "now": law.now}
                yield _in_text(notice, placed, **values)
                break


@rule(QUALITIES, "old-authority-address", Law("13(2)(d)", "14(2)(e)"))
def the_authority_has_moved(notice: View) -> Iterator[Found]:
    """The address of the supervisory authority is today’s."""
    pattern = known.words(notice.known.old_addresses)
    for placed in notice.places.texts():
        if word := known.found(pattern, placed.text):
            yield _in_text(notice, placed, word=word)


@rule(QUALITIES, "renamed-service", Law("12(1)"))
def services_have_todays_name(notice: View) -> Iterator[Found]:
    """A service is called what it is called today."""
    for placed in notice.places.texts():
        for service in notice.known.renamed_in(placed.text.root.values()):
            values = {"name": service.name, "now": service.now, "since": service.since}
            yield _in_text(notice, placed, **values)


def _prose(notice: View) -> Iterator[Placed]:
    """Give the sentences: not the names of things, which other rules look at."""
    for placed in notice.places.texts():
        last = str(placed.loc[-1])
        if last not in {"name", "title", "short_title", "recipient", "how_to_withdraw"}:
            yield placed


def _in_text(notice: View, placed: Placed, **values: str) -> Found:
    owner = notice.owner(placed)
    return found(notice.places.of(placed.text), register=owner, **values)
