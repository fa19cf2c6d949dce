"""Purposes, their legal bases and their data, and whether they fit each other."""

import re
from collections.abc import Iterable, Iterator

from generator.checks import known
from generator.checks.findings import Found, Severity, found
from generator.checks.rules import QUALITIES, REGISTER_QUALITIES, Law, rule
from generator.checks.views import RegisterView, View
from generator.content import model
from generator.content.values import Article6, Text


@rule(QUALITIES, "no-article-6", Law("6(1)"), severity=Severity.GAP)
def basis_is_one_of_the_six(notice: View) -> Iterator[Found]:
    """A legal basis is one of the six of Art. 6(1)."""
    for basis in notice.bases():
        if basis.article is None:
            yield _at(notice, basis)


@rule(REGISTER_QUALITIES, "consent-scope", Law("6(1)(a)", besides="7(1)"))
def consent_belongs_to_a_purpose(register: RegisterView) -> Iterator[Found]:
    """Consent is given to a purpose, so it is told which purposes it covers."""
    tied = [purpose.basis for purpose in register.purposes]
    for basis in register.untied_bases:
        if basis.article is Article6.CONSENT and basis not in tied:
            yield found(register.told("bases"), entry=basis.id)


@rule(QUALITIES, "consent-register", Law("6(1)(a)", besides="7(2)"))
def consent_names_a_register_there_is(notice: View) -> Iterator[Found]:
    """A consent that names a register names one that the notice has."""
    names = [notice.shown(each.register.name).lower() for each in notice.registers]
    for basis in notice.bases():
        if basis.article is Article6.CONSENT and basis.name:
            named = _named_register(notice, basis.name)
            if named and not any(_same_register(named, name) for name in names):
                yield _at(notice, basis, named=named[-1])


def _named_register(notice: View, name: Text) -> list[str]:
    """Return the word for a register and the one before it, where a text has one."""
    said = notice.shown(name).split()
    for number, word in enumerate(said):
        if notice.known.patterns["register"].match(word):
            return said[max(0, number - 1) : number + 1]
    return []


def _same_register(named: list[str], name: str) -> bool:
    """Compare without the endings of a language that inflects."""
    *before, word = (each.lower() for each in named)
    stem = _stem(word)
    return _stem(name) == stem or " ".join([*before, stem]) in name


def _stem(word: str) -> str:
    return re.sub(r"(re[kg]ister)\w*$", r"\1", word)


@rule(QUALITIES, "contract-party", Law("6(1)(b)"))
def contract_is_with_the_person(notice: View) -> Iterator[Found]:
    """A contract is a basis only for data of those who are a party to it."""
    for basis in notice.bases():
        if basis.article is not Article6.CONTRACT:
            continue
        # Where another basis stands beside it, the question has been thought of.
        users = [
            each
            for each in notice.used_by(basis)
            if not each.rests_on(Article6.LEGITIMATE_INTERESTS)
        ]
        said = (text for each in users for text in each.said_of_data())
        if mention := notice.mentions("organisations", said):
            yield _at(notice, basis, word=mention.word)


@rule(REGISTER_QUALITIES, "bookkeeping", Law("6(1)(c)"))
def invoicing_is_a_legal_duty(register: RegisterView) -> Iterator[Found]:
    """Whoever invoices keeps books, and bookkeeping is a legal obligation."""
    if register.rests_on(Article6.LEGAL_OBLIGATION) or not register.purposes:
        return
    said = [*register.said_of_purposes(), *register.said_of_recipients()]
    if words := register.notice.words("invoicing", said):
        yield found(register.told("purposes"), words=words)


@rule(
    REGISTER_QUALITIES,
    "prospects",
    Law("13(1)(d)", "14(2)(b)", besides="6(1)(f), 14(3)"),
)
def looking_for_customers_has_an_interest(register: RegisterView) -> Iterator[Found]:
    """Looking for new customers and targeting rest on an interest that is told."""
    if register.rests_on(Article6.LEGITIMATE_INTERESTS):
        return
    said = [*register.said_of_sources()]
    for purpose in register.untied_purposes:
        said += [purpose.name, *(purpose.includes or ())]
    if words := register.notice.words("prospecting", said):
        yield found(register.told("purposes"), words=words)


@rule(
    REGISTER_QUALITIES,
    "direct-marketing",
    Law("917/2014 200 §, 202 §", besides="21(2)"),
)
def direct_marketing_is_allowed_by_its_basis(
    register: RegisterView,
) -> Iterator[Found]:
    """Electronic direct marketing needs consent, or a customer who may refuse."""
    place = register.notice.places.of
    for purpose in register.purposes:
        article = purpose.basis.article if purpose.basis else None
        if not purpose.direct_marketing or article is Article6.CONSENT:
            continue
        if not purpose.basis and not register.untied_bases:
            continue  # told by the rule on bases
        if article and article is not Article6.LEGITIMATE_INTERESTS:
            at = place(purpose, "basis")
            yield found(at, entry=purpose.id, article=article.value)
        elif words := register.notice.words("email_marketing", register.said()):
            at = place(purpose)
            yield found(at, variant="electronic", entry=purpose.id, words=words)


@rule(REGISTER_QUALITIES, "data-without-purpose", Law("5(1)(b), 5(1)(c)"))
def data_have_a_purpose(register: RegisterView) -> Iterator[Found]:
    """Each category of data is there for a purpose."""
    idle = [*_not_listed(register)] or [*_not_accounted_for(register)]
    if idle:
        names = register.notice.listed(each.name for each in idle)
        yield found(register.told("data"), data=names)


def _not_listed(register: RegisterView) -> Iterator[model.DataCategory]:
    """Give the data that no purpose lists, where every purpose lists its data."""
    if not all(purpose.data for purpose in register.purposes):
        return
    used = [each.name for p in register.purposes for each in p.data or ()]
    for each in register.register.data or ():
        if used and each.name not in used:
            yield each


def _not_accounted_for(register: RegisterView) -> Iterator[model.DataCategory]:
    """Give the data that nothing in the words of the purposes explains."""
    if any(purpose.data for purpose in register.purposes) or not register.purposes:
        return
    said = [*register.said_of_purposes()]
    pairs = [
        (known.words(each.data), known.words(each.purpose))
        for each in register.notice.known.accountable
    ]
    for category in register.data:
        for data, purpose in pairs:
            if known.found(data, category.name) and not _any(purpose, said):
                yield category
                break


def _any(pattern: known.Words, texts: Iterable[Text]) -> bool:
    return any(known.found(pattern, text) for text in texts)


@rule(REGISTER_QUALITIES, "special-categories", Law("9"))
def special_categories_are_considered(register: RegisterView) -> Iterator[Found]:
    """Where data may reveal health or beliefs, it is said whether they do."""
    undecided = [each for each in register.data if each.special is None]
    if any(basis.condition for basis in register.bases):
        return
    if register.data and not undecided:
        return
    said = [register.register.name, *register.said_of_purposes()]
    said += [each.name for each in undecided]
    place = register.notice.places.of
    if mention := register.notice.mentions("sensitive", said):
        yield found(place(mention.text), word=mention.word)
    for each in undecided:
        if mention := register.notice.mentions("free_text", [each.name]):
            yield found(
                place(each),
                variant="free-text",
                entry=each.id,
                subject=register.notice.label(each),
                word=mention.word,
            )


def _at(notice: View, basis: model.Basis, **values: str) -> Found:
    place = notice.places.of(basis)
    owner = notice.only_user(basis)
    name = notice.label(basis)
    return found(place, register=owner, entry=basis.id, subject=name, **values)
