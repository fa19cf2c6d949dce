"""The letter that notifies a recipient of changed data: GDPR Art. 19."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from generator.languages import N_
from request_app.cases.decision.recipients import Change, ChangeNotice
from request_app.cases.letters import parts
from request_app.cases.lifecycle.case_facts import Facts
from request_app.store.cases import Case
from request_app.store.values import LetterKind

_CHANGES: Mapping[Change, str] = {
    Change.CORRECTION: N_("We have corrected the data."),
    Change.ERASURE: N_("We have erased the data."),
    Change.STATEMENT: N_(
        "We have added the person’s own statement to the data. Keep it with them."
    ),
    Change.RESTRICTION: N_(
        "We have restricted the use of the data. Keep them, but do not use them "
        "until you hear from us."
    ),
}


def to_recipient(
    facts: Facts,
    recipient: str,
    notices: Sequence[ChangeNotice],
    *,
    person: str,
    language: str | None = None,
) -> parts.Letter:
    """Notify a recipient of changes, with no more data than needed: GDPR Art. 19."""
    facts = replace(facts, to=recipient, case=_in(facts.case, language))
    _ = facts.gettext
    whom = person.strip() or parts.prompt(_("by what the recipient knows the person"))
    return parts.compose(
        facts,
        LetterKind.TO_RECIPIENT,
        _("A change in personal data that you have received from us"),
        parts.Section("person", "", _("Person: %(person)s") % {"person": whom}),
        parts.Section(
            "change",
            _("The change") if len(notices) == 1 else _("The changes"),
            parts.paragraphs(*("\n".join(_sentences(each, facts)) for each in notices)),
        ),
        parts.Section(
            "please",
            "",
            parts.paragraphs(
                _(
                    "We tell you this because you have received the data from us. "
                    "Please make the same change in your own records, and tell us when "
                    "it is done. If you have passed the data on, please pass this on "
                    "too."
                ),
                _("GDPR, Article 19"),
            ),
        ),
    )


def _sentences(notice: ChangeNotice, facts: Facts) -> Iterator[str]:
    """The sentences on one change: what was done, with which data."""
    _ = facts.gettext
    words = partial(parts.filled_in, notice.words)
    yield _(_CHANGES[notice.change])
    yield _("Data: %(data)s") % {"data": words("data", _("which data"))}
    if notice.change is Change.STATEMENT:
        statement = words("statement", _("what the person says of the data"))
        yield _("Statement: “%(statement)s”") % {"statement": statement}
    if notice.change is Change.CORRECTION:
        old = words("old", _("the data as they were"))
        new = words("new", _("the data as they are now"))
        yield _("The data were: “%(old)s”") % {"old": old}
        yield _("The data are now: “%(new)s”") % {"new": new}


def _in(case: Case, language: str | None) -> Case:
    return replace(case, language=language) if language else case
