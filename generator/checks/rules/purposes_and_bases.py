"""Whether purposes, their legal bases and their data fit each other."""

import re
from collections.abc import Iterable, Iterator

from generator.checks import reference_data
from generator.checks.findings import Observation, Severity
from generator.checks.notice_view import NoticeView, RegisterView
from generator.checks.registry import NOTICE_RULES, REGISTER_RULES, Articles
from generator.content import model
from generator.content.values import Article6, Text


@NOTICE_RULES.quality("no-article-6", Articles("6(1)"), severity=Severity.GAP)
def basis_is_one_of_the_six(notice: NoticeView) -> Iterator[Observation]:
    """A legal basis is one of the six of Art. 6(1)."""
    for basis in notice.bases():
        if basis.article is None:
            yield notice.observe(basis)


@REGISTER_RULES.quality("consent-scope", Articles("6(1)(a)", besides="7(1)"))
def consent_belongs_to_a_purpose(register: RegisterView) -> Iterator[Observation]:
    """Consent is given to a purpose, so it is told which purposes it covers."""
    tied = [purpose.basis for purpose in register.purposes]
    for basis in register.bases_without_purpose:
        if basis.article is Article6.CONSENT and basis not in tied:
            yield register.observe("bases", entry=basis.id)


@NOTICE_RULES.quality("consent-register", Articles("6(1)(a)", besides="7(2)"))
def consent_names_a_register_there_is(notice: NoticeView) -> Iterator[Observation]:
    """A consent that names a register names one that the notice has."""
    names = [
        notice.in_default_language(each.register.name).lower()
        for each in notice.registers
    ]
    for basis in notice.bases():
        if basis.article is Article6.CONSENT and basis.name:
            named = _named_register(notice, basis.name)
            if named and not any(_same_register(named, name) for name in names):
                yield notice.observe(basis, named=named[-1])


def _named_register(notice: NoticeView, name: Text) -> list[str]:
    """Return the word for a register in a text, after the word before it, if any."""
    texts = notice.in_default_language(name).split()
    for number, word in enumerate(texts):
        if notice.reference.patterns["register"].match(word):
            return texts[max(0, number - 1) : number + 1]
    return []


def _same_register(named: list[str], name: str) -> bool:
    """Compare names without the endings of an inflected language."""
    *before, word = (each.lower() for each in named)
    stem = _stem(word)
    return _stem(name) == stem or " ".join([*before, stem]) in name


def _stem(word: str) -> str:
    return re.sub(r"(re[kg]ister)\w*$", r"\1", word)


@NOTICE_RULES.quality("contract-party", Articles("6(1)(b)"))
def contract_is_with_the_person(notice: NoticeView) -> Iterator[Observation]:
    """A contract is a basis only for data of those who are a party to it."""
    for basis in notice.bases():
        if basis.article is not Article6.CONTRACT:
            continue
        # Where a register also rests on interests, the author has thought of this.
        users = [
            each
            for each in notice.used_by(basis)
            if not each.rests_on(Article6.LEGITIMATE_INTERESTS)
        ]
        texts = (text for each in users for text in each.data_texts())
        if mention := notice.first_mention("organisations", texts):
            yield notice.observe(basis, word=mention.word)


@REGISTER_RULES.quality("bookkeeping", Articles("6(1)(c)"))
def invoicing_is_a_legal_duty(register: RegisterView) -> Iterator[Observation]:
    """Whoever invoices keeps books, and bookkeeping is a legal obligation."""
    if register.rests_on(Article6.LEGAL_OBLIGATION) or not register.purposes:
        return
    texts = [*register.purpose_texts(), *register.recipient_texts()]
    if words := register.notice.matching_words("invoicing", texts):
        yield register.observe("purposes", words=words)


@REGISTER_RULES.quality(
    "prospects", Articles("13(1)(d)", "14(2)(b)", besides="6(1)(f), 14(3)")
)
def looking_for_customers_has_an_interest(
    register: RegisterView,
) -> Iterator[Observation]:
    """Looking for new customers and targeting rest on an interest that is told."""
    if register.rests_on(Article6.LEGITIMATE_INTERESTS):
        return
    texts = [*register.source_texts()]
    for purpose in register.purposes_without_basis:
        texts += [purpose.name, *(purpose.includes or ())]
    if words := register.notice.matching_words("prospecting", texts):
        yield register.observe("purposes", words=words)


@REGISTER_RULES.quality(
    "direct-marketing", Articles("917/2014 200 §, 202 §", besides="21(2)")
)
def direct_marketing_is_allowed_by_its_basis(
    register: RegisterView,
) -> Iterator[Observation]:
    """Electronic direct marketing needs consent, or a customer who may refuse."""
    place = register.notice.locations.of
    for purpose in register.purposes:
        article = purpose.basis.article if purpose.basis else None
        if not purpose.direct_marketing or article is Article6.CONSENT:
            continue
        if not purpose.basis and not register.bases_without_purpose:
            continue  # reported by the rule on bases
        if article and article is not Article6.LEGITIMATE_INTERESTS:
            at = place(purpose, "basis")
            yield Observation(at, entry=purpose.id, article=article.value)
        elif words := register.notice.matching_words(
            "email_marketing", register.texts()
        ):
            at = place(purpose)
            yield Observation(at, variant="electronic", entry=purpose.id, words=words)


@REGISTER_RULES.quality("data-without-purpose", Articles("5(1)(b), 5(1)(c)"))
def data_have_a_purpose(register: RegisterView) -> Iterator[Observation]:
    """Each category of data is there for a purpose."""
    idle = [*_not_listed(register)] or [*_without_matching_purpose(register)]
    if idle:
        names = register.notice.names(each.name for each in idle)
        yield register.observe("data", data=names)


def _not_listed(register: RegisterView) -> Iterator[model.DataCategory]:
    """Yield the data that no purpose lists, if every purpose lists its data."""
    if not all(purpose.data for purpose in register.purposes):
        return
    used = [each.name for p in register.purposes for each in p.data or ()]
    for each in register.register.data or ():
        if used and each.name not in used:
            yield each


def _without_matching_purpose(register: RegisterView) -> Iterator[model.DataCategory]:
    """Yield data that need a purpose which no word in the purposes names."""
    if any(purpose.data for purpose in register.purposes) or not register.purposes:
        return
    texts = [*register.purpose_texts()]
    pairs = [
        (
            reference_data.word_pattern(each.data),
            reference_data.word_pattern(each.purpose),
        )
        for each in register.notice.reference.accountable
    ]
    for category in register.data:
        for data, purpose in pairs:
            if reference_data.first_word(data, category.name) and not _any(
                purpose, texts
            ):
                yield category
                break


def _any(pattern: re.Pattern[str], texts: Iterable[Text]) -> bool:
    return any(reference_data.first_word(pattern, text) for text in texts)


@REGISTER_RULES.quality("special-categories", Articles("9"))
def special_categories_are_considered(register: RegisterView) -> Iterator[Observation]:
    """Where data may reveal health or beliefs, it is said whether they do."""
    undecided = [each for each in register.data if each.special is None]
    if any(basis.condition for basis in register.bases):
        return
    if register.data and not undecided:
        return
    texts = [register.register.name, *register.purpose_texts()]
    texts += [each.name for each in undecided]
    place = register.notice.locations.of
    if mention := register.notice.first_mention("sensitive", texts):
        yield Observation(place(mention.text), word=mention.word)
    for each in undecided:
        if mention := register.notice.first_mention("free_text", [each.name]):
            yield Observation(
                place(each),
                variant="free-text",
                entry=each.id,
                subject=register.notice.label(each),
                word=mention.word,
            )
