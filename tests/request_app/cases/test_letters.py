"""Letters: what each must hold, what none may, and what keeps one from being sent."""

import re
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from generator.content.parts import NotApplicableReason
from request_app.cases import letters
from request_app.cases.answer import answer, information_draft
from request_app.cases.faults import ANSWER_MESSAGES, answer_faults, warnings
from request_app.cases.gaps import carried, filled, gaps_of, unfilled
from request_app.cases.grounds import EXTENSIONS, REFUSALS, refusals_of
from request_app.cases.handled import Handled, Result, result
from request_app.cases.information import access_information
from request_app.cases.letters import edited, faults, prompts, render
from request_app.cases.plan import OTHER_PLACES
from request_app.cases.recipients import NOBODY_ELSE
from request_app.cases.rights import BY_REGISTER
from request_app.cases.said import disclosures
from request_app.cases.steps import (
    IdentityMethod,
    Outcome,
    RecipientSettled,
    Searched,
    WhyNotTold,
)
from request_app.deadlines import PauseKind
from request_app.published import edition_of, kept
from request_app.store.notices import Notice
from request_app.store.values import AT_ONCE, LetterKind, Right
from tests.request_app.cases.example import SOME_DATA, kept_of
from tests.request_app.cases.golden import (
    BOTH,
    HERE,
    LANGUAGES,
    WORDS,
    answers,
    decided,
    facts,
    golden,
    got,
    letters_of,
    not_got,
)

UPDATE = "Read what has changed; then: python -m tests.request_app.cases.golden"
NAMES = (
    "Esimerkkilän soutuseura ry",
    "Esimerkkisoutuliitto ry",
    "Tilitoimisto Taselaskelma Oy",
    "Example Mail Inc.",
    "Esimerkkiregatta ry",
    "Testi Testinen",
    "Jäsenrekisteri",
)


@pytest.fixture(scope="module")
def written(small):
    return {
        (language, name): letter
        for language in LANGUAGES
        for name, letter in letters_of(small, language)
    }


def texts(written, language=None, kind=None):
    return [
        render(letter)
        for (of, _), letter in written.items()
        if language in {None, of} and kind in {None, letter.kind}
    ]


def codes(facts, handled):
    return {each.code for each in answer_faults(facts, handled)}


def places(facts, handled, code):
    """Where the answer has this fault."""
    return [each.place for each in answer_faults(facts, handled) if each.code == code]


def warned(facts, handled):
    return [each.code for each in warnings(facts, handled)]


def everywhere(*left_out, found):
    """Every place of the example is searched, but for some."""
    where = sorted({*BOTH, *OTHER_PLACES} - set(left_out))
    return [Searched(place=place, found=found) for place in where]


def refused(right, ground, *, group="members", **words):
    given = {"facts": "Because.", "kept_until": "1.1.2030", "provision": "Laki 1 §"}
    return decided(right, group, Outcome.REFUSED, ground, **given | words)


def section(letter, key):
    return letter.section(key).text


# ---------------------------------------------------------------- as they were read


def test_letters_are_those_that_were_read(small):
    wanted = dict(golden(small))

    assert {file for file, _ in golden(small)} == set(HERE.glob("*.txt")), UPDATE
    for file, text in wanted.items():
        assert file.read_text() == text, f"{file.name}: {UPDATE}"


def test_every_kind_of_letter_is_among_them(written):
    kinds = {letter.kind for letter in written.values()}

    assert kinds == set(LetterKind) - {LetterKind.RECEIVED}


# ---------------------------------------------------------------- what holds for all


def test_a_letter_ready_to_send_has_no_prompt_and_no_fault(written):
    for name, letter in written.items():
        assert "⟦" not in render(letter), name
        assert list(faults(letter)) == [], name


def test_answers_ready_to_send_have_no_fault(small):
    for language in LANGUAGES:

        def of(*rights, language=language, **changes):
            return facts(small, language, *rights, **changes)

        for name, (about, handled) in answers(of, WORDS[language]).items():
            assert list(answer_faults(about, handled)) == [], (language, name)


@pytest.mark.parametrize(
    ("language", "authority", "court"),
    [
        ("fi", "Tietosuojavaltuutetun toimisto", "tuomioistui"),
        ("en", "Ombudsman", "court"),
    ],
)
def test_what_the_law_wants_told_names_authority_and_court(
    written, language, authority, court
):
    """GDPR Art. 12(3)–(4), 15(1)(f), 77, 79."""
    kinds = (LetterKind.ANSWER, LetterKind.EXTENSION, LetterKind.LATE)
    for kind in kinds:
        for text in texts(written, language, kind):
            assert authority in text
            assert court in text
            assert "00531 Helsinki" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("right", "ground"),
    [
        (right, each.id)
        for right in sorted(set(Right) - AT_ONCE)
        for each in refusals_of(right)
    ],
)
def test_every_refusal_gives_reason_provision_and_remedy(
    small, language, right, ground
):
    about = facts(small, language, right)
    handled = Handled(decisions=[refused(right, ground, group="all")])
    letter = answer(about, handled)

    told = section(letter, "not_done")
    provision = REFUSALS[ground].provision_of(right)[language]
    if REFUSALS[ground].names_provision:
        provision = "Laki 1 §"
    assert REFUSALS[ground].lead[language] in told
    assert "Because." in told
    assert provision in told
    assert not letter.section("complaint").editable
    assert bool(letter.section("to_ombudsman")) is (ground == "exception_34")
    # what else is open: the information of Art. 15, and who is told of a statement added
    assert codes(about, handled) <= {"prompt", "recipient-open"}


def test_the_authority_is_never_taken_for_an_officer_or_an_agent(written):
    for text in texts(written, "fi"):
        assert "vastaava" not in text.lower()
        assert not re.search(r"(?<!tietosuoja)valtuutet", text.lower())


@pytest.mark.parametrize(
    "word",
    [
        "hylät",
        "hylkä",
        "hakija",
        "asianosainen",
        "diaari",
        "rekisteröidyl",
        "tunnistaud",
    ],
)
def test_no_letter_speaks_like_an_authority(written, word):
    assert not [text for text in texts(written, "fi") if word in text.lower()]


def test_an_answer_is_no_decision(written):
    for text in texts(written, "fi", LetterKind.ANSWER):
        assert "Vastaus pyyntöösi" in text
        assert not re.search(r"\bpäätös\b", text.lower())


def test_names_take_no_ending(written):
    for text in texts(written):
        for name in NAMES:
            assert not re.search(re.escape(name) + r"[:’']?[a-zäöå]", text), name


def test_weekdays_stand_where_they_need_no_ending(written):
    weekday = r"(maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai) \d"
    for text in texts(written, "fi"):
        for line in text.splitlines():
            if match := re.search(weekday, line):
                before = line[: match.start()]
                assert before == "" or before.endswith(": "), line


def test_a_fixed_part_cannot_be_edited(small):
    letter = answer(facts(small, "fi"), Handled(decisions=[]))

    changed = edited(letter, {"complaint": "", "own_words": "Kiitos.\r\n"})

    assert section(changed, "complaint") == section(letter, "complaint")
    assert section(changed, "own_words") == "Kiitos."


def test_prompts_are_found_whole_or_broken():
    assert prompts("a ⟦one⟧ b ⟦two⟧") == ["one", "two"]
    assert prompts("a ⟦one b") == ["…"]
    assert prompts("a [one] b") == []


def test_the_paper_letter_has_an_address(small):
    about = facts(small, "fi", to="Testi Testinen\nLaiturikatu 9\n00000 Esimerkkilä")

    text = render(letters.message(about, words={"text": "Hei."}))

    assert "Testi Testinen\nLaiturikatu 9" in text


def test_a_letter_shows_nothing_of_what_it_says_when_printed(written):
    shown = repr(list(written.values()))

    assert "Testinen" not in shown
    assert "1947" not in shown


# ---------------------------------------------------------------- the short letters


def test_an_identity_letter_never_says_which_address(small):
    text = render(
        letters.identity(
            facts(small, "fi", to="testi.testinen@example.com"),
            IdentityMethod.CONFIRMED,
            by=date(2026, 12, 4),
            words={"doubt": "Osoite on meille uusi."},
        )
    )

    assert "osoitteeseen, joka meillä on jo ennestään" in text
    assert text.count("example.com") == 1  # in its own address only


@pytest.mark.parametrize(
    "method", sorted(set(IdentityMethod) - {IdentityMethod.NO_DOUBT})
)
def test_only_a_document_needs_to_be_masked(small, method):
    letter = letters.identity(
        facts(small, "en"), method, by=date(2026, 12, 4), words={}
    )

    masks = "Cover the personal identity code" in section(letter, "enough")
    assert masks is (method is IdentityMethod.DOCUMENT_SEEN)
    assert "Original last day to answer: Tuesday 22 December 2026" in render(letter)
    assert "prompt" in {each.code for each in faults(letter)}


def test_a_question_of_scope_tells_what_we_hold(small):
    letter = letters.clarification(
        facts(small, "en"),
        PauseKind.SCOPE,
        by=date(2026, 12, 4),
        words={"question": "?"},
    )

    overview = section(letter, "overview")
    assert overview.count("Register: ") == 3
    assert "- Year of birth" in overview
    assert "You can also ask for all your data" in render(letter)


def test_a_question_which_right_stops_no_clock(small):
    letter = letters.clarification(
        facts(small, "en"),
        PauseKind.WHICH_RIGHT,
        by=date(2026, 12, 4),
        words={"question": "?"},
    )

    assert "The question does not change it." in render(letter)
    assert letter.section("overview") is None


def test_an_extension_needs_the_facts_of_the_case(small):
    letter = letters.extension(
        facts(small, "fi"),
        EXTENSIONS["complex_volume"],
        to=date(2027, 2, 22),
        words={"facts": " "},
    )

    assert [each.place for each in faults(letter)] == ["facts"]


def test_a_part_that_was_emptied_keeps_the_letter_back(small):
    letter = letters.message(facts(small, "en"), words={"text": "Hello."})

    assert [each.code for each in faults(edited(letter, {"text": " "}))] == ["empty"]


def test_a_recipient_gets_no_more_than_it_must(small):
    letter = letters.to_recipient(
        facts(small, "en"),
        "Example Mail Inc.",
        letters.Change.ERASURE,
        words={"person": "testi@example.com", "data": "e-mail address"},
        language="fi",
    )

    assert letter.language == "fi"
    assert "Tieto oli" not in render(letter)
    assert list(faults(letter)) == []


def test_a_statement_that_was_added_is_told_as_such(small):
    words = {"person": "Testi Testinen", "data": "assessment"}
    told = partial(
        letters.to_recipient,
        facts(small, "en"),
        "Example Mail Inc.",
        letters.Change.STATEMENT,
    )
    letter = told(words=words | {"statement": "I never said so."})

    assert "Statement: “I never said so.”" in render(letter)
    assert "We have added the person’s own statement" in render(letter)
    assert "corrected" not in render(letter)
    assert [each.code for each in faults(told(words=words))] == ["prompt"]


# ---------------------------------------------------------------- the answer


def test_granted_in_part_is_computed():
    granted = decided(Right.ERASURE, "members")
    no = refused(Right.ERASURE, "exception_17_3_b", group="newsletter-and-events")

    assert result([granted]) is Result.GRANTED
    assert result([no]) is Result.REFUSED
    assert result([granted, no]) is Result.IN_PART
    assert result([granted, no], Right.ACCESS) is Result.NOTHING_THERE


def test_deciding_again_takes_the_place_of_what_was_decided(small):
    about = facts(small, "en", Right.OBJECTION)
    handled = Handled(
        decisions=[
            refused(Right.OBJECTION, "compelling_grounds_21_1", group="all"),
            decided(Right.OBJECTION, "all"),
        ]
    )

    assert answer(about, handled).section("not_done") is None
    assert codes(about, handled) == set()


def test_a_part_of_a_register_is_decided_by_itself(small):
    about = facts(
        small, "en", Right.ERASURE, case=SOME_DATA, registers=frozenset({"members"})
    )
    handled = Handled(
        decisions=[
            decided(Right.ERASURE, "members"),
            refused(
                Right.ERASURE, "exception_17_3_b", group="members#2", data="invoices"
            ),
        ],
        recipients=not_got("rowing-federation", "accounting"),
    )
    letter = answer(about, handled)

    assert "- Register of members, but for what is listed" in section(letter, "done")
    assert section(letter, "not_done").splitlines()[:2] == [
        "We did not erase these data:",
        "- Register of members: invoices",
    ]
    assert "nobody to tell" in section(letter, "told")
    assert codes(about, handled) == set()


def test_a_refusal_names_the_other_act_beside_the_article(small):
    """What staff wrote of the law is a reason too: GDPR Art. 12(4), 17(3)(b)."""
    words = {"provision": "Accounting Act (1336/1997), chapter 2 section 10"}
    no = refused(Right.ERASURE, "exception_17_3_b", **words)
    alone = refused(Right.ERASURE, "exception_17_3_b", provision="")

    def provision(decision):
        about = facts(small, "en", Right.ERASURE)
        told = section(answer(about, Handled(decisions=[decision])), "not_done")
        return next(each for each in told.splitlines() if "Provision" in each)

    assert provision(no) == f"Provision: GDPR, Article 17(3)(b); {words['provision']}"
    assert provision(alone) == "Provision: GDPR, Article 17(3)(b)"


@pytest.mark.parametrize("name", ["facts", "kept_until"])
def test_a_refused_erasure_lacks_nothing(small, name):
    """Reason, provision and how long the data are kept: GDPR Art. 12(4)."""
    decision = refused(Right.ERASURE, "exception_17_3_e", group="all", **{name: ""})
    found = list(
        answer_faults(facts(small, "en", Right.ERASURE), Handled(decisions=[decision]))
    )

    assert f"erasure/all/{name}" in {each.place for each in found}


@pytest.mark.parametrize(
    ("right", "ground", "code"),
    [
        (Right.ERASURE, None, "no-ground"),
        (Right.ERASURE, "made-up", "no-ground"),
        (Right.ERASURE, "exception_34", "wrong-ground"),
        (Right.ACCESS, "not_identified", "wrong-ground"),
        (Right.MARKETING, "excessive", "never-refused"),
        (Right.WITHDRAWAL, "special_law", "never-refused"),
    ],
)
def test_a_ground_goes_with_its_rights_only(small, right, ground, code):
    handled = Handled(decisions=[refused(right, ground, group="all")])

    assert code in codes(facts(small, "en", right), handled)


def test_another_law_is_named_by_staff(small):
    decision = refused(Right.OBJECTION, "special_law", group="all", provision="")

    assert "no-provision" in codes(
        facts(small, "en", Right.OBJECTION), Handled(decisions=[decision])
    )


def test_a_day_until_which_data_are_kept_stands_in_a_sentence(small):
    def until(language, text):
        no = refused(Right.ERASURE, "exception_17_3_e", kept_until=text)
        about = facts(small, language, Right.ERASURE)
        return section(answer(about, Handled(decisions=[no])), "not_done")

    assert "Säilytämme ne 31.12.2030 asti." in until("fi", "31.12.2030")
    assert "We keep them until 31 December 2030." in until("en", "31.12.2030")
    assert "Säilytysaika: kunnes asia päättyy" in until("fi", "kunnes asia päättyy")


def test_what_was_found_elsewhere_needs_a_word_and_is_named(small):
    """E-mail and paper are a part of the answer too: EDPB 01/2022 ¶95–99."""
    about = facts(small, "en", case=SOME_DATA, registers=frozenset({"members"}))
    members = decided(Right.ACCESS, "members")
    mails = decided(Right.ACCESS, "place_mail", data="messages of May")
    searches = [
        Searched(place="place_mail", found=True),
        Searched(place="place_paper", found=False),
    ]
    without = Handled(decisions=[members], searches=searches)
    whole = Handled(decisions=[members, mails], searches=searches)

    places = [each.place for each in answer_faults(about, without)]
    assert places == ["access/place_mail"]
    assert codes(about, whole) == set()
    assert "- E-mail: messages of May" in section(answer(about, whole), "done")


def test_of_a_change_elsewhere_no_recipient_of_a_register_is_told(small):
    erased = decided(Right.ERASURE, "place_mail", data="messages of May")
    handled = Handled(decisions=[erased])
    about = facts(small, "en", Right.ERASURE)

    assert answer(about, handled).section("told") is None
    assert "recipient-open" not in codes(about, handled)


def test_data_are_said_to_be_attached_where_they_are(small):
    handled = Handled(decisions=[decided(Right.ACCESS, "all")])
    attached = replace(handled, attached=["members.csv"])
    letters_ = [answer(facts(small, "en"), each) for each in (handled, attached)]

    told = ["attached to this answer" in section(each, "done") for each in letters_]
    assert told == [False, True]
    assert section(letters_[1], "attached") == "- members.csv"


def test_what_was_erased_is_told_as_it_was(small):
    erased = decided(Right.ERASURE, "newsletter-and-events")
    given = decided(Right.ACCESS, "all")
    about = facts(small, "en", Right.ACCESS, Right.ERASURE)
    text = section(
        answer(about, Handled(decisions=[given, erased])), "access_information"
    )
    members, _, newsletter = text.partition("Register of the newsletter")

    assert "What the data are used for" in members
    assert "What the data were used for" in newsletter


@pytest.mark.parametrize("name", ["", "Testi Testinen"])
def test_a_letter_greets_and_is_signed_by_the_organisation(small, name):
    letter = answer(facts(small, "fi", name=name), Handled(decisions=[]))

    assert section(letter, "greeting") == (f"Hei {name}," if name else "Hei,")
    assert section(letter, "signature").endswith("\nEsimerkkilän soutuseura ry")


@pytest.mark.parametrize(
    ("rights", "text"),
    [
        ([Right.ACCESS], "Pyysit 22.11.2026, että saat nähdä tietosi."),
        ([Right.WITHDRAWAL], "Peruutit suostumuksesi 22.11.2026."),
        ([Right.ACCESS, Right.ERASURE], "että\n- saat nähdä tietosi\n- poistamme"),
    ],
)
def test_what_was_asked_is_a_sentence_or_a_list(small, rights, text):
    letter = answer(facts(small, "fi", *rights), Handled(decisions=[]))

    assert text in section(letter, "asked")


def test_an_item_that_is_not_corrected_is_quoted(small):
    no = refused(Right.RECTIFICATION, "data_correct", group="item-1")
    handled = Handled(decisions=[no], corrections={"item-1": ("2019", "2018")})
    letter = answer(facts(small, "fi", Right.RECTIFICATION), handled)

    assert "- ”2019”, jonka tilalle pyysit ”2018”" in section(letter, "not_done")


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_to_complain_is_told_once(written, language):
    for text in texts(written, language, LetterKind.ANSWER):
        complaint = {"fi": "(tehdä valituksen)", "en": "lodge a complaint"}[language]
        assert text.count(complaint) == 1


def test_what_is_asked_is_decided(small):
    about = facts(small, "en", Right.ACCESS, Right.MARKETING)

    assert codes(about, Handled(decisions=[])) == {"undecided"}


def test_each_register_needs_a_word_where_one_has_it(small):
    about = facts(small, "en", Right.ERASURE)
    handled = Handled(decisions=[decided(Right.ERASURE, "members")])

    assert places(about, handled, "undecided") == ["erasure/newsletter-and-events"]


@pytest.mark.parametrize("right", sorted(BY_REGISTER))
def test_no_right_leaves_a_register_without_a_word(small, right):
    """Each of them is decided register by register on the desk."""
    about = facts(small, "en", right)
    handled = Handled(
        decisions=[decided(right, "members")],
        searches=[Searched(place="place_mail", found=True)],
    )

    left = [f"{right}/newsletter-and-events", f"{right}/place_mail"]
    assert places(about, handled, "undecided") == left
    assert answer(about, handled).section("summary") is None


@pytest.mark.parametrize(
    "some",
    [
        decided(Right.ERASURE, "members", data="e-mail address only"),
        decided(Right.ERASURE, "members#2", data="e-mail address only"),
        decided(Right.ERASURE, "all", data="e-mail address only"),
    ],
)
def test_a_part_is_not_told_as_the_whole(small, some):
    """Of what is kept the reasons are told: GDPR Art. 12(4)."""
    members = {"case": SOME_DATA, "registers": frozenset({"members"})}
    about = facts(small, "en", Right.ACCESS, Right.ERASURE, **members)
    handled = Handled(decisions=[decided(Right.ACCESS, "all"), some])
    letter = answer(about, handled)

    assert places(about, handled, "undecided") == ["erasure/members"]
    assert letter.section("summary") is None
    told = section(letter, "access_information")
    assert "What the data are used for" in told
    assert "What the data were used for" not in told


def test_parts_and_the_whole_of_a_register_are_told_as_erased(small):
    members = {"case": SOME_DATA, "registers": frozenset({"members"})}
    about = facts(small, "en", Right.ACCESS, Right.ERASURE, **members)
    erased = [decided(Right.ERASURE, each) for each in ("members", "members#2")]
    handled = Handled(decisions=[decided(Right.ACCESS, "all"), *erased])
    letter = answer(about, handled)

    assert places(about, handled, "undecided") == []
    assert section(letter, "summary") == "We have done what you asked."
    assert "What the data were used for" in section(letter, "access_information")


def test_each_item_to_correct_needs_a_word(small):
    about = facts(small, "en", Right.RECTIFICATION)
    items = {"item-1": ("Airila", "Airola"), "item-2": ("2019", "2018")}
    first = decided(Right.RECTIFICATION, "item-1", old="Airila", new="Airola")
    handled = Handled(decisions=[first], corrections=items)

    assert places(about, handled, "undecided") == ["rectification/item-2"]
    assert answer(about, handled).section("summary") is None


@pytest.mark.parametrize("right", sorted(AT_ONCE))
def test_what_is_done_at_once_says_so(small, right):
    handled = Handled(decisions=[decided(right, "all")])
    text = section(answer(facts(small, "en", right), handled), "done")

    assert "This takes effect at once" in text


def test_access_describes_the_day_of_receipt(small):
    """EDPB 01/2022 ¶36–39."""
    handled = Handled(decisions=[decided(Right.ACCESS, "all", on=date(2026, 12, 14))])

    text = section(answer(facts(small, "en"), handled), "done")
    assert "as they were on 22 November 2026" in text


def test_rectification_needs_old_and_new(small):
    about = facts(small, "en", Right.RECTIFICATION)
    handled = Handled(decisions=[decided(Right.RECTIFICATION, "item-1", old="1974")])

    assert "no-old-or-new" in codes(about, handled)


@pytest.mark.parametrize(
    "right", [Right.RECTIFICATION, Right.ERASURE, Right.RESTRICTION]
)
def test_recipients_have_to_be_settled_after_a_change(small, right):
    """GDPR Art. 19."""
    about = facts(small, "en", right)
    handled = Handled(decisions=[decided(right, "all", old="a", new="b")])

    assert "recipient-open" in codes(about, handled)


@pytest.mark.parametrize(
    ("step", "words", "code"),
    [
        ({"got": True}, {}, "recipient-untold"),
        ({"got": True, "why_not": WhyNotTold.IMPOSSIBLE}, {}, "recipient-why"),
        ({"got": True, "told_on": date(2026, 12, 10)}, {}, "recipient-nameless"),
    ],
)
def test_a_recipient_is_named_and_told_or_it_is_said_why_not(small, step, words, code):
    about = facts(small, "en", Right.ERASURE)
    settled = RecipientSettled(recipient="regatta-organisers", **step)
    handled = Handled(
        decisions=[decided(Right.ERASURE, "newsletter-and-events")],
        recipients=[*not_got("newsletter-service"), (settled, words)],
    )

    assert code in codes(about, handled)


def test_who_got_nothing_that_changed_stands_not_among_the_told(small):
    about = facts(small, "en", Right.ERASURE)
    others = RecipientSettled(recipient="regatta-organisers", got=True, unchanged=True)
    handled = Handled(
        decisions=[decided(Right.ERASURE, "newsletter-and-events")],
        recipients=[*not_got("newsletter-service"), (others, {})],
    )

    text = section(answer(about, handled), "told")
    assert text == (
        "We have not given these data to anyone, so there was nobody to tell of it."
    )
    assert not any(each.startswith("recipient") for each in codes(about, handled))


@pytest.mark.parametrize(
    ("group", "stops"),
    [("members", True), ("newsletter-and-events", False), ("place_mail", False)],
)
def test_who_was_told_before_a_change_of_its_data_is_not_told(small, group, stops):
    about = facts(small, "en", Right.ERASURE, case=SOME_DATA, registers=BOTH)
    none = ("newsletter-service", "regatta-organisers", "rowing-federation")
    handled = Handled(
        decisions=[decided(Right.ERASURE, group, data="some")],
        recipients=[*not_got(*none), got("accounting", on=date(2026, 12, 1))],
    )

    assert ("recipient-untold" in codes(about, handled)) == stops


def test_a_restriction_set_meanwhile_is_told_to_recipients(small):
    about = facts(small, "en", Right.OBJECTION)
    handled = Handled(
        decisions=[decided(Right.OBJECTION, "all")], restricted_on=date(2026, 11, 23)
    )

    assert "We restricted the use of your data on 23 November 2026" in section(
        answer(about, handled), "done"
    )
    assert "recipient-open" in codes(about, handled)


def test_a_recipient_that_staff_found_is_told_of(small):
    about = facts(
        small, "en", Right.ERASURE, case=SOME_DATA, registers=frozenset({"members"})
    )
    handled = Handled(
        decisions=[decided(Right.ERASURE, "members")],
        recipients=[
            *not_got("rowing-federation", "accounting"),
            got("own-1", name="Esimerkkipursi ry"),
        ],
    )

    assert section(answer(about, handled), "told") == (
        "We told of the erasure: Esimerkkipursi ry (10 December 2026)"
    )
    assert codes(about, handled) == set()


@pytest.mark.parametrize(
    ("searches", "code"),
    [
        ([], "no-places"),
        ([Searched(place="members")], "still-searching"),
        ([Searched(place="members", found=True)], "found"),
    ],
)
def test_no_data_is_said_only_where_all_was_searched(small, searches, code):
    handled = Handled(
        decisions=[decided(Right.ACCESS, "all", Outcome.NO_DATA)], searches=searches
    )

    assert code in codes(facts(small, "en"), handled)


def test_nothing_is_found_only_where_everybody_looked(small):
    """Places that nobody has opened yet count as well: EDPB 01/2022 ¶95–99."""
    nothing = [decided(Right.ACCESS, "all", Outcome.NO_DATA)]
    searches = everywhere("members", "place_paper", found=False)
    handled = Handled(decisions=nothing, searches=searches)
    about = facts(small, "en")

    left = ["members", "place_paper"]
    assert places(about, handled, "still-searching") == left
    found = Handled(decisions=nothing, searches=everywhere(found=False))
    assert codes(about, found) == set()


def test_what_was_found_never_stands_among_what_was_not(small):
    """“We found none” is said of all places, whatever was decided one by one."""
    nothing = [decided(Right.ACCESS, each, Outcome.NO_DATA) for each in sorted(BOTH)]
    mail = Searched(place="place_mail", found=True)
    searches = [*everywhere("place_mail", found=False), mail]
    handled = Handled(decisions=nothing, searches=searches)
    about = facts(small, "en")

    assert "- E-mail" not in section(answer(about, handled), "no_data")
    assert places(about, handled, "found") == ["place_mail"]


@pytest.mark.parametrize("group", ["members", "members#2", "all"])
def test_what_the_search_did_not_find_is_not_given(small, group):
    """The search may change after somebody has decided."""
    given = [decided(Right.ACCESS, group, data="x" if "#" in group else "")]
    about, searches = facts(small, "en"), everywhere(found=False)
    handled = Handled(decisions=given, searches=searches)

    assert places(about, handled, "not-found") == [f"access/{group}"]
    found = everywhere(found=True)
    assert not places(about, replace(handled, searches=found), "not-found")


def test_who_gives_data_is_reminded_of_where_nobody_looked(small):
    searches = everywhere("place_paper", found=True)
    given = Handled(decisions=[decided(Right.ACCESS, "all")], searches=searches)
    [_, warning] = warnings(facts(small, "en"), given)

    assert (warning.code, warning.about) == ("unsearched", "Paper")


def test_where_the_notice_is_silent_nobody_is_said_to_have_got_data(small):
    """What Art. 15 makes a prompt, Art. 19 does not take for “nobody”."""
    silent = {"disclosures": None, "joint_controllers": None, "purposes": ()}
    registers = tuple(each.model_copy(update=silent) for each in small.registers)
    content = replace(small, registers=registers)
    asked = {"case": SOME_DATA, "registers": frozenset({"members"})}
    about = facts(content, "en", Right.ERASURE, **asked)
    handled = Handled(decisions=[decided(Right.ERASURE, "members")])

    assert section(answer(about, handled), "told") == "⟦who has received data, by name⟧"
    assert places(about, handled, "recipient-unknown") == ["own-1"]
    settled = replace(handled, recipients=not_got(NOBODY_ELSE))
    assert "not given your data to anyone" in section(answer(about, settled), "told")
    assert not places(about, settled, "recipient-unknown")


def test_a_request_passed_on_names_the_controller(small):
    handled = Handled(decisions=[decided(Right.ACCESS, "all", Outcome.PASSED_ON)])

    assert "no-controller" in codes(facts(small, "en"), handled)


def test_an_answer_after_the_last_day_apologises(small):
    late = facts(small, "en", today=date(2026, 12, 23))
    in_time = facts(small, "en", today=date(2026, 12, 22))
    handled = Handled(decisions=[])

    assert section(answer(late, handled), "late") == "Our answer is late. We apologise."
    assert answer(in_time, handled).section("late") is None


def test_a_refusal_after_an_extension_is_late(small):
    """Art. 12(4) knows no extension."""
    about = facts(small, "en", Right.OBJECTION, today=date(2027, 1, 15))
    about = replace(about, case=replace(about.case, extended_to=date(2027, 2, 22)))
    handled = Handled(
        decisions=[refused(Right.OBJECTION, "legal_claims_21_1", group="all")]
    )

    assert answer(about, handled).section("late") is None
    assert warned(about, handled) == ["refusal-late"]


def test_the_day_that_is_printed_is_the_one_that_was_passed(small):
    """Art. 12(4): a refusal has one month, whatever moved the last day since."""
    about = facts(small, "en", Right.OBJECTION, original_due=date(2026, 12, 11))
    handled = Handled(
        decisions=[refused(Right.OBJECTION, "legal_claims_21_1", group="all")]
    )

    [late] = warnings(about, handled)
    assert (late.code, late.about) == ("refusal-late", about.day(date(2026, 12, 11)))


def test_data_are_given_before_they_are_erased(small):
    """EDPB 01/2022, example 6."""
    about = facts(small, "en", Right.ACCESS, Right.ERASURE)
    given = decided(Right.ACCESS, "all", on=date(2026, 12, 10))
    erased = [decided(Right.ERASURE, "all", on=date(2026, 12, day)) for day in (9, 10)]

    def of_both(each):
        searches = everywhere(found=True)
        return Handled(
            decisions=[given, each], searches=searches, attached=["data.csv"]
        )

    found = [warned(about, of_both(each)) for each in erased]
    assert found == [["erased-first"], []]


def test_a_prompt_in_what_staff_wrote_keeps_the_letter_back(small):
    about = facts(small, "en", Right.OBJECTION)
    words = {"facts": "We ⟦why?⟧ need the data."}
    handled = Handled(
        decisions=[
            refused(Right.OBJECTION, "compelling_grounds_21_1", group="all", **words)
        ]
    )

    assert [(each.code, each.about) for each in answer_faults(about, handled)] == [
        ("prompt", "why?")
    ]


def test_a_letter_is_written_in_a_language_of_the_notice(small):
    assert answer(facts(small, "sv"), Handled(decisions=[])).language == "fi"


def test_every_fault_has_words():
    source = (Path(letters.__file__).parent / "faults.py").read_text()
    given = set(re.findall(r'Fault\(\s*"([\w-]+)"', source))
    given |= set(re.findall(r'yield "([\w-]+)", "', source))

    assert given <= set(ANSWER_MESSAGES)


def test_a_notice_that_cannot_be_read_stops_the_letter_and_not_the_case(small):
    about = replace(facts(small, "fi"), kept=kept(Notice("{}")), now=None)
    handled = Handled(decisions=[decided(Right.ACCESS, "all")])

    assert "prompt" in codes(about, handled)
    assert "Vastaus pyyntöösi" in render(answer(about, handled))


# ---------------------------------------------------------------- GDPR Art. 15


def informed(content, *registers, language="en", **given):
    kept = kept_of(content)
    of = [kept.register(each) for each in registers]
    return filled(access_information(kept, of, language, **given), {})


def test_what_a_complete_notice_tells_leaves_no_prompt(small):
    text = informed(small, "members")

    assert prompts(text) == []
    for heading in (
        "What the data are used for",
        "Which data",
        "Who has received data",
        "Where the data come from",
        "How long the data are kept",
        "Data outside the EU and the EEA",
        "Automated decisions and profiling",
        "Your rights",
    ):
        assert heading in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_notice_does_not_tell_becomes_a_prompt(first, language):
    assert len(prompts(informed(first, "workplace-mediation", language=language))) >= 6


def test_recipients_are_told_by_name(small):
    """C-154/21."""
    before = prompts(informed(small, "newsletter-and-events"))
    named = informed(
        small,
        "newsletter-and-events",
        got={"regatta-organisers": True},
        names={"regatta-organisers": "Esimerkkiregatta ry"},
    )
    without = informed(
        small, "newsletter-and-events", got={"regatta-organisers": False}
    )

    assert before == [
        "the name of this recipient",
        "whether data of this person were given to it",
    ]
    assert "Esimerkkiregatta ry (organiser of the regatta)" in named
    assert prompts(named) == prompts(without) == []
    assert (
        "regatta" not in without.partition("Who has received")[2].partition("Where")[0]
    )


def test_transfers_tell_country_and_safeguard(small):
    """GDPR Art. 15(2)."""
    text = informed(small, "newsletter-and-events")

    assert "Country: United States" in text
    assert "Safeguard: standard contractual clauses" in text


def test_data_given_to_nobody_are_said_so(small):
    nobody = NotApplicableReason.model_construct(not_applicable="Ei kenellekään.")
    registers = tuple(
        each.model_copy(update={"disclosures": nobody, "purposes": ()})
        for each in small.registers
    )
    content = replace(small, registers=registers)

    assert "Your data have not been given to anyone." in informed(
        content, "newsletter-and-events"
    )


def test_where_nothing_was_found_nothing_more_is_told(small):
    handled = Handled(
        decisions=[decided(Right.ACCESS, "all")],
        searches=[
            Searched(place="members", found=True),
            Searched(place="newsletter-and-events", found=False),
        ],
    )
    text = section(answer(facts(small, "en"), handled), "access_information")

    assert "Register of members" in text
    assert "Register of the newsletter and events" not in text


def test_what_is_given_is_attached(small):
    handled = Handled(
        decisions=[decided(Right.ACCESS, "all")], searches=everywhere(found=True)
    )
    attached = replace(handled, attached=["data.csv"])
    written_out = replace(handled, words={"own_words": "Your year of birth: 1947"})

    assert warned(facts(small, "en"), handled) == ["nothing-attached"]
    assert warned(facts(small, "en"), attached) == []
    assert warned(facts(small, "en"), written_out) == []


def open_draft(small, language="en", **said):
    """Access to the newsletter, whose notice does not know who got data."""
    about = facts(
        small,
        language,
        case=SOME_DATA,
        registers=frozenset({"newsletter-and-events"}),
    )
    handled = Handled(decisions=[decided(Right.ACCESS, "all")], words=said)
    return about, handled


def test_each_gap_of_the_draft_is_told_once_with_its_place(small):
    about, handled = open_draft(small)
    found = [each for each in answer_faults(about, handled) if each.code == "prompt"]

    assert len(found) == len({each.place for each in found}) == 2
    assert found[0].about == (
        "Who has received data: the name of this recipient (organiser of the regatta)"
    )


def test_what_is_said_in_a_gap_stands_in_its_place(small):
    about, handled = open_draft(small)
    name, whether = gaps_of(information_draft(about, handled), {})
    said = {name.name: "Esimerkkiregatta ry", whether.name: "yes"}
    about, handled = open_draft(small, **said)
    text = section(answer(about, handled), "access_information")

    assert whether.whether
    assert "- Esimerkkiregatta ry (organiser of the regatta)\n" in text
    assert codes(about, handled) == set()


def test_who_got_nothing_is_not_told_of(small):
    about, handled = open_draft(small)
    _, whether = gaps_of(information_draft(about, handled), {})
    about, handled = open_draft(small, **{whether.name: "no"})

    text = section(answer(about, handled), "access_information")
    assert "organiser" not in text
    assert codes(about, handled) == set()


def drafted(content, *registers, **given):
    kept = kept_of(content)
    of = [kept.register(each) for each in registers]
    return access_information(kept, of, "en", **given)


def abroad(small, *recipients):
    """The newsletter’s register, whose data may go to these in Brazil, unguarded."""
    usual = next(each for each in disclosures(small.registers[0]) if each.id)
    unknown = {"name": None, "named_at": None, "safeguard": None, "country": "BR"}
    going = tuple(
        usual.model_copy(update=unknown | {"id": each, "certainty": "may-be-disclosed"})
        for each in recipients
    )
    changed = {"disclosures": going, "transfers": None, "joint_controllers": None}
    return replace(
        small,
        registers=tuple(
            each.model_copy(
                update=changed | {"purposes": tuple(map(_undisclosed, each.purposes))}
            )
            for each in small.registers
        ),
    )


def _undisclosed(purpose):
    return purpose.model_copy(update={"disclosures": None})


def test_where_nobody_got_anything_the_draft_says_so(small):
    draft = drafted(abroad(small, "one", "two"), "members")
    said = {each.name: "no" for each in gaps_of(draft, {}) if each.whether}
    text = filled(draft, said)

    assert "Your data have not been given to anyone." in text
    assert "We do not transfer data outside" in text
    assert list(unfilled(draft, said)) == []


def test_who_got_nothing_stands_nowhere_else_either(small):
    draft = drafted(abroad(small, "one", "two"), "members")
    [one] = [each for each in gaps_of(draft, {}) if each.about[2:] == ("one", "got")]
    left = {each.about[2] for each in unfilled(draft, {one.name: "no"})}

    assert left == {"two"}
    assert filled(draft, {one.name: "no"}).count("Brazil") == 1
    assert one in gaps_of(draft, {one.name: "no"})  # it can be said otherwise


def test_what_was_said_of_one_recipient_never_stands_at_another(small):
    content = abroad(small, "one", "two")
    first, second = (
        each
        for each in gaps_of(drafted(content, "members"), {})
        if each.asks == "what protects the data there"
    )
    settled = drafted(content, "members", got={"one": False})

    assert first.name != second.name
    assert "Our contract" not in filled(settled, {first.name: "Our contract"})
    assert "Our contract" in filled(settled, {second.name: "Our contract"})


def test_whom_staff_found_is_told_of(small):
    """C-154/21."""
    both = {"rowing-federation": False, "accounting": False, "own-1": True}
    draft = drafted(small, "members", got=both, names={"own-1": "Veneliitto ry"})
    text = filled(draft, {})

    assert "Other recipients\n- Veneliitto ry" in text
    assert "not been given to anyone" not in text
    nobody = filled(drafted(small, "members", got=both | {"own-1": False}), {})
    assert "Other recipients" not in nobody
    assert "Your data have not been given to anyone." in nobody


def test_nobody_got_data_is_said_of_the_whole_only(small):
    """Of one register among several something less is true."""
    none = {"rowing-federation": False, "accounting": False}
    text = informed(small, "members", "newsletter-and-events", got=none)

    assert "not been given to anyone" not in text
    assert "None of the recipients that our privacy notice names" in text


def test_what_is_said_goes_into_an_edited_text_where_it_was_left_alone(small):
    draft = drafted(abroad(small, "one", "two"), "members")
    gaps = list(gaps_of(draft, {}))
    said = {each.name: "yes" if each.whether else f"“{each.name}”" for each in gaps}
    text = filled(draft, {}).replace("Your rights", "Oikeutesi")
    cut = text.replace("Safeguard:", "Guard:", 1)

    assert carried(draft, {}, said, text) == filled(draft, said).replace(
        "Your rights", "Oikeutesi"
    )
    assert len(prompts(carried(draft, {}, said, cut))) == 1


def test_a_bracket_that_is_typed_into_a_gap_keeps_the_letter_back(small):
    about, handled = open_draft(small)
    name, whether = gaps_of(information_draft(about, handled), {})
    about, handled = open_draft(small, **{name.name: "⟦who⟧", whether.name: "yes"})

    assert codes(about, handled) == {"prompt"}


def test_a_draft_that_staff_wrote_takes_the_place_of_ours(small):
    handled = Handled(
        decisions=[decided(Right.ACCESS, "all")],
        words={"access_information": "Tämä on meidän."},
    )

    letter = answer(facts(small, "fi"), handled)
    assert section(letter, "access_information") == "Tämä on meidän."


def test_the_answer_is_made_from_the_notice_of_the_day_of_receipt(small):
    later = replace(small, registers=())
    about = replace(facts(small, "en"), now=later)
    handled = Handled(decisions=[decided(Right.ACCESS, "members")])

    assert edition_of(later).notice != edition_of(small).notice
    assert "Register of members" in section(
        answer(about, handled), "access_information"
    )
