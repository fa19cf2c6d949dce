"""What every letter holds and none may, and the short letters."""

import re
from datetime import date

import pytest

from request_app.cases.decision.recipients import Change, ChangeNotice
from request_app.cases.grounds import EXTENSIONS
from request_app.cases.letters import short_letters
from request_app.cases.letters.answer import answer
from request_app.cases.letters.parts import edited, faults, prompts, render
from request_app.cases.letters.recipient_letter import to_recipient
from request_app.cases.steps.facts import IdentityMethod
from request_app.deadlines import PauseKind
from request_app.store.values import LetterKind
from tests.request_app.cases.letters.golden import HERE, LANGUAGES, golden, letters_of
from tests.support.letter_facts import facts, handled_as, section

UPDATE = "Read what has changed; then: python -m tests.request_app.cases.letters.golden"
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_to_complain_is_told_once(written, language):
    for text in texts(written, language, LetterKind.ANSWER):
        complaint = {"fi": "(tehdä valituksen)", "en": "lodge a complaint"}[language]
        assert text.count(complaint) == 1


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
    letter = answer(facts(small, "fi"), handled_as(decisions=[]))

    changed = edited(letter, {"complaint": "", "own_words": "Kiitos.\r\n"})

    assert section(changed, "complaint") == section(letter, "complaint")
    assert section(changed, "own_words") == "Kiitos."


def test_prompts_are_found_whole_or_broken():
    assert prompts("a ⟦one⟧ b ⟦two⟧") == ["one", "two"]
    assert prompts("a ⟦one b") == ["…"]
    assert prompts("a [one] b") == []


def test_the_paper_letter_has_an_address(small):
    about = facts(small, "fi", to="Testi Testinen\nLaiturikatu 9\n00000 Esimerkkilä")

    text = render(short_letters.message(about, words={"text": "Hei."}))

    assert "Testi Testinen\nLaiturikatu 9" in text


def test_a_letter_shows_nothing_of_what_it_says_when_printed(written):
    shown = repr(list(written.values()))

    assert "Testinen" not in shown
    assert "1947" not in shown


# ---------------------------------------------------------------- the short letters


def test_an_identity_letter_never_says_which_address(small):
    text = render(
        short_letters.identity(
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
    letter = short_letters.identity(
        facts(small, "en"), method, by=date(2026, 12, 4), words={}
    )

    masks = "Cover the personal identity code" in section(letter, "enough")
    assert masks is (method is IdentityMethod.DOCUMENT_SEEN)
    assert "Original last day to answer: Tuesday 22 December 2026" in render(letter)
    assert "prompt" in {each.code for each in faults(letter)}


def test_a_question_of_scope_tells_what_we_hold(small):
    letter = short_letters.clarification(
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
    letter = short_letters.clarification(
        facts(small, "en"),
        PauseKind.WHICH_RIGHT,
        by=date(2026, 12, 4),
        words={"question": "?"},
    )

    assert "The question does not change it." in render(letter)
    assert letter.section("overview") is None


def test_an_extension_needs_the_facts_of_the_case(small):
    letter = short_letters.extension(
        facts(small, "fi"),
        EXTENSIONS["complex_volume"],
        to=date(2027, 2, 22),
        words={"facts": " "},
    )

    assert [each.place for each in faults(letter)] == ["facts"]


def test_a_part_that_was_emptied_keeps_the_letter_back(small):
    letter = short_letters.message(facts(small, "en"), words={"text": "Hello."})

    assert [each.code for each in faults(edited(letter, {"text": " "}))] == ["empty"]


def test_a_recipient_gets_no_more_than_it_must(small):
    letter = to_recipient(
        facts(small, "en"),
        "Example Mail Inc.",
        [ChangeNotice(Change.ERASURE, {"data": "e-mail address"})],
        person="testi@example.com",
        language="fi",
    )

    assert letter.language == "fi"
    assert "Tieto oli" not in render(letter)
    assert list(faults(letter)) == []


def test_a_statement_that_was_added_is_told_as_such(small):
    def told(**words):
        news = [ChangeNotice(Change.STATEMENT, {"data": "assessment", **words})]
        return to_recipient(
            facts(small, "en"), "Example Mail Inc.", news, person="Testi Testinen"
        )

    letter = told(statement="I never said so.")

    assert "Statement: “I never said so.”" in render(letter)
    assert "We have added the person’s own statement" in render(letter)
    assert "corrected" not in render(letter)
    assert [each.code for each in faults(told())] == ["prompt"]
