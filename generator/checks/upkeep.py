"""What goes stale or is left lying about: dates, titles, entries, the ways to ask."""

from collections.abc import Iterator

from generator.checks.findings import Found, Severity, found
from generator.checks.rules import QUALITIES, REGISTER_QUALITIES, Law, rule
from generator.checks.views import REQUESTS, RegisterView, View
from generator.content.model import AUDIT_TRAIL, RUNS_FROM, Period

OLD_YEARS = 2  # after which a statement is asked about


@rule(QUALITIES, "no-email", Law("12(2)"))
def people_can_write(notice: View) -> Iterator[Found]:
    """There is an e-mail address to which people can write."""
    organisation = notice.content.organisation
    emails = [each.email for each in organisation.contacts or ()]
    if not any([organisation.controller.email, *emails]):
        yield found(notice.places.of(organisation.controller))


@rule(QUALITIES, "only-in-writing", Law("12(2)"))
def people_may_ask_in_any_way(notice: View) -> Iterator[Found]:
    """Writing is never the only way to ask for one's data."""
    requests = notice.content.organisation.requests
    if requests and {way.way for way in requests.ways} <= {"in-writing", "letter"}:
        yield found(notice.places.of(requests))


@rule(QUALITIES, "old-statement", Law("5(2), 12(1)"))
def a_statement_is_looked_at_now_and_then(notice: View) -> Iterator[Found]:
    """A statement older than two years has been looked at since."""
    dated = notice.content.notice.dated
    if dated and _years(notice, dated.date.year, dated.date.month, dated.date.day):
        at = notice.places.of(dated, "date")
        yield found(at, date=dated.date)


def _years(notice: View, year: int, month: int, day: int) -> bool:
    today = notice.today
    return (year + OLD_YEARS, month, day) < (today.year, today.month, today.day)


@rule(QUALITIES, "narrow-title", Law("12(1)"))
def the_title_covers_all_registers(notice: View) -> Iterator[Found]:
    """The title does not name one register where the notice has several."""
    title = notice.shown(notice.content.notice.title).lower()
    named = [
        r for r in notice.registers if _names(title, notice.shown(r.register.name))
    ]
    if len(named) == 1 < len(notice.registers):
        at = notice.places.of(notice.content.notice, "title")
        name = notice.shown(named[0].register.name)
        yield found(at, name=name, count=str(len(notice.registers)))


def _names(title: str, register: str) -> bool:
    """Tell whether a title has all words of a name, whatever their endings."""
    words = title.replace("(", " ").replace(")", " ").split()
    return all(
        any(word.startswith(part) for word in words)
        for part in register.lower().split()
    )


@rule(QUALITIES, "unused-entry", Law("5(1)(c)"))
def entries_are_used(notice: View) -> Iterator[Found]:
    """Every entry of a catalogue is used by a register or a purpose."""
    for kind in ("data", "sources", "disclosures", "bases", "purposes"):
        if kind in _wanted(notice):
            continue  # told by the rule that misses them
        for entry in getattr(notice.content.catalogues, kind):
            if id(entry) not in notice.used:
                yield found(notice.places.of(entry), entry=entry.id, id=entry.id)


def _wanted(notice: View) -> set[str]:
    """Tell of which kinds something has none, so that an unused one may be meant."""
    wanted: set[str] = set()
    for register in notice.registers:
        own = register.register
        for kind in ("data", "sources", "disclosures", "purposes"):
            if not getattr(own, kind):
                wanted.add(kind)
        if not register.purposes or register.untied_purposes:
            wanted.add("bases")
    return wanted


# ---------------------------------------------------------------- our own register


@rule(REGISTER_QUALITIES, "not-adopted", Law("5(2)"), severity=Severity.GAP)
def a_proposal_is_adopted(register: RegisterView) -> Iterator[Found]:
    """A register that the product proposes is read and accepted by the organisation."""
    if register.register.adopted is False:
        yield found(register.told("adopted"))


@rule(QUALITIES, "no-requests-register", Law("13(1)", "14(1)"), severity=Severity.GAP)
def the_form_has_a_register(notice: View) -> Iterator[Found]:
    """Whoever takes requests by a form tells what happens to the data in them."""
    ids = {register.id for register in notice.registers}
    if notice.content.site.request_form and REQUESTS not in ids:
        yield found(notice.file("notice.yaml"), id=REQUESTS)


@rule(
    REGISTER_QUALITIES,
    "request-times",
    Law("13(2)(a)", "14(2)(a)", besides="5(1)(e)"),
    severity=Severity.GAP,
)
def the_times_are_those_the_app_deletes_by(register: RegisterView) -> Iterator[Found]:
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
        yield found(register.told("retention"), keys=", ".join(untold))


def _is_time_from(period: Period | None, event: str) -> bool:
    return bool(period and period.criterion is None and period.after == event)
