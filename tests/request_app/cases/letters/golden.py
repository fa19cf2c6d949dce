"""Write the golden letters anew: python -m tests.request_app.cases.letters.golden."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from generator.content.reader import Content, read_content
from request_app.cases.decision.outcome import Handled
from request_app.cases.decision.recipients import Change, ChangeNotice
from request_app.cases.grounds import EXTENSIONS
from request_app.cases.letters import short_letters
from request_app.cases.letters.answer import answer
from request_app.cases.letters.parts import Letter, render
from request_app.cases.letters.recipient_letter import to_recipient
from request_app.cases.lifecycle.case_facts import Facts
from request_app.cases.notice.plan import OTHER_PLACES
from request_app.cases.rights import Outcome
from request_app.cases.steps.facts import IdentityMethod, WhyNotTold
from request_app.cases.steps.notification import RecipientSettled
from request_app.cases.steps.search import Searched
from request_app.deadlines import PauseKind
from request_app.store.values import Right
from tests.conftest import SMALL
from tests.support.example_case import CASE, SOME_DATA
from tests.support.letter_facts import BOTH, decided, facts, got, handled_as, not_got

HERE = Path(__file__).with_name("golden_letters")
LANGUAGES = ("fi", "en")
EARLY = date(2026, 11, 24)
SOON = date(2026, 12, 4)

# What staff write, in each language.
WORDS = {
    "fi": {
        "doubt": "Pyyntö tuli osoitteesta, jota meillä ei ole.",
        "known": "minä vuonna liityit seuraan",
        "where": "toimistossamme, arkisin klo 9–15",
        "question": "Etsitkö tietoja jäsenyydestäsi vai kilpailuista?",
        "which": "Haluatko nähdä tietosi vai haluatko, että ne poistetaan?",
        "volume": "Käymme läpi 12 vuoden jäsenkirjeet, noin 900 viestiä.",
        "late": "Pyyntö jäi toimiston yhteiseen postilaatikkoon.",
        "restricted": "syntymävuosi",
        "why_ends": "Tarkistimme syntymävuoden jäsenhakemuksestasi ja oikaisimme sen.",
        "person": "Testi Testinen, jäsennumero 17",
        "data": "syntymävuosi",
        "message": "Saimme soittopyyntösi. Soitamme sinulle keskiviikkona.",
        "invoices": "laskut ja maksut 2022–2026",
        "accounting": "Laskusi ovat kirjanpidon tositteita.",
        "books": "Kirjanpitolaki 2 luku 10 §",
        "until": "31.12.2032 asti",
        "minutes": "johtokunnan pöytäkirja 3.3.2026",
        "others": "Pöytäkirjassa kerrotaan toisen jäsenen terveydestä, ja hänet tunnistaisi siitä.",
        "organiser": "Esimerkkiregatta ry",
        "why_untold": "Kilpailun järjestäjä on lopettanut toimintansa.",
        "not_sure": "Pyysimme 23.11.2026 sinua vahvistamaan pyynnön ja muistutimme 4.12.2026. Emme saaneet vastausta.",
        "other_controller": "Esimerkkisoutuliitto ry",
        "own": "Kiitos, että kerroit virheestä.",
        "danger": "Tietojen antaminen vaarantaisi vakavasti toisen ihmisen turvallisuuden.",
        "matter": "Lähetimme sinulle seuran säännöt.",
        "member": "Olet seuran jäsen, ja tarvitsemme tiedot jäsenyytesi hoitamiseen.",
        "membership": "kunnes jäsenyytesi päättyy ja 12 kuukautta sen jälkeen",
        "mails": "viestit 3.–9.3.2026",
        "joined": "Liittymislomakkeessasi on 3.5.2019, ja se on sinun allekirjoittamasi.",
        "slow": "Perämiehenä epävarma",
        "steady": "Perämiehenä varma",
        "coach": "Valmentaja arvioi taitosi kevään 2026 harjoituksissa, ja arvio on kirjattu niin kuin hän sen antoi.",
    },
    "en": {
        "doubt": "The request came from an address that we do not have.",
        "known": "in which year you joined the club",
        "where": "at our office, on weekdays 9–15",
        "question": "Do you look for data on your membership or on races?",
        "which": "Do you want to see your data, or do you want them erased?",
        "volume": "We are going through 12 years of letters to members, some 900 messages.",
        "late": "The request was left in the shared mailbox of the office.",
        "restricted": "year of birth",
        "why_ends": "We checked the year of birth in your application and corrected it.",
        "person": "Testi Testinen, member number 17",
        "data": "year of birth",
        "message": "We have seen that you want a call. We call you on Wednesday.",
        "invoices": "invoices and payments 2022–2026",
        "accounting": "Your invoices are accounting vouchers.",
        "books": "Accounting Act, chapter 2, section 10",
        "until": "until 31 December 2032",
        "minutes": "minutes of the board, 3 March 2026",
        "others": "The minutes tell of another member’s health, and who it is would be plain.",
        "organiser": "Esimerkkiregatta ry",
        "why_untold": "The organiser of the regatta has ceased to exist.",
        "not_sure": "On 23 November 2026 we asked you to confirm the request and on 4 December 2026 we reminded you. We had no reply.",
        "other_controller": "Esimerkkisoutuliitto ry",
        "own": "Thank you for telling us of the error.",
        "danger": "Giving the data would seriously endanger the safety of another person.",
        "matter": "We sent you the rules of the club.",
        "member": "You are a member of the club, and we need the data for that.",
        "membership": "until 12 months after the end of your membership",
        "mails": "messages of 3–9 March 2026",
        "joined": "Your application, which you signed, is of 3 May 2019.",
        "slow": "Unsure as a cox",
        "steady": "Steady as a cox",
        "coach": "The coach assessed your skill in the training of spring 2026, and the assessment is recorded as it was given.",
    },
}


def refused(right, group, ground, **words):
    return decided(right, group, Outcome.REFUSED, ground, **words)


def letters_of(content: Content, language: str) -> Iterator[tuple[str, Letter]]:
    """Yield one letter of each kind, and the answers that differ."""
    say = WORDS[language]
    of = partial(facts, content, language)
    ask = partial(short_letters.identity, of(Right.ACCESS, today=EARLY), by=SOON)
    for method, words in {
        IdentityMethod.CONFIRMED: {},
        IdentityMethod.KNOWN_FACTS: {"facts": say["known"]},
        IdentityMethod.DOCUMENT_SEEN: {"where": say["where"]},
    }.items():
        doubt = {"doubt": say["doubt"]}
        yield f"identity-{method}", ask(method, words=doubt | words)
    yield (
        "clarification-scope",
        short_letters.clarification(
            of(Right.ACCESS, case=SOME_DATA, registers=BOTH, today=EARLY),
            PauseKind.SCOPE,
            by=SOON,
            words={"question": say["question"]},
        ),
    )
    yield (
        "clarification-which-right",
        short_letters.clarification(
            of(Right.OTHER, today=EARLY),
            PauseKind.WHICH_RIGHT,
            by=SOON,
            words={"question": say["which"]},
        ),
    )
    yield (
        "extension",
        short_letters.extension(
            of(Right.ACCESS),
            EXTENSIONS["complex_volume"],
            to=CASE.extended_due,
            words={"facts": say["volume"]},
        ),
    )
    yield (
        "late",
        short_letters.late(
            of(Right.ACCESS, today=date(2026, 12, 28)),
            by=date(2027, 1, 5),
            words={"why": say["late"]},
        ),
    )
    yield (
        "restriction-lifted",
        short_letters.restriction_lifted(
            of(Right.RESTRICTION),
            on=date(2026, 12, 21),
            words={"data": say["restricted"], "why": say["why_ends"]},
        ),
    )
    values = {"data": say["data"], "old": "1974", "new": "1947"}
    corrected = ChangeNotice(Change.CORRECTION, values)
    yield (
        "to-recipient",
        to_recipient(
            of(Right.RECTIFICATION),
            "Esimerkkisoutuliitto ry",
            [corrected],
            person=say["person"],
        ),
    )
    yield (
        "to-recipient-of-several",
        to_recipient(
            of(Right.RECTIFICATION),
            "Esimerkkisoutuliitto ry",
            [corrected, ChangeNotice(Change.RESTRICTION, {"data": say["data"]})],
            person=say["person"],
        ),
    )
    yield (
        "message",
        short_letters.message(of(Right.OTHER), words={"text": say["message"]}),
    )
    for name, (about, handled) in answers(of, say).items():
        yield f"answer-{name}", answer(about, handled)


def answers(of, say: Mapping[str, str]) -> Mapping[str, tuple[Facts, Handled]]:
    some = {"case": SOME_DATA, "registers": BOTH}
    of_members = some | {"registers": frozenset({"members"})}
    return {
        "access": (
            of(Right.ACCESS, **some),
            handled_as(
                decisions=[
                    decided(Right.ACCESS, "members"),
                    refused(
                        Right.ACCESS,
                        "members#2",
                        "rights_of_others_15_4",
                        data=say["minutes"],
                        facts=say["others"],
                    ),
                    decided(Right.ACCESS, "newsletter-and-events"),
                ],
                recipients=[
                    got("rowing-federation"),
                    got("accounting"),
                    got("newsletter-service"),
                    got("regatta-organisers", name=say["organiser"]),
                ],
            ),
        ),
        "access-granted": (
            of(Right.ACCESS, **of_members),
            handled_as(
                decisions=[
                    decided(Right.ACCESS, "members"),
                    decided(Right.ACCESS, "place_mail", data=say["mails"]),
                ],
                searches=[
                    Searched(place="members", found=True),
                    Searched(place="place_mail", found=True),
                ],
                recipients=[got("rowing-federation"), *not_got("accounting")],
                attached=["jasentiedot.csv", "viestit.pdf"],
            ),
        ),
        "access-and-erasure": (
            of(Right.ACCESS, Right.ERASURE, **some),
            handled_as(
                decisions=[
                    decided(Right.ACCESS, "all"),
                    decided(Right.ERASURE, "newsletter-and-events"),
                    refused(
                        Right.ERASURE,
                        "members",
                        "still_needed_17_1",
                        facts=say["member"],
                        kept_until=say["membership"],
                    ),
                ],
                recipients=[
                    got("newsletter-service"),
                    *not_got("rowing-federation", "accounting", "regatta-organisers"),
                ],
                attached=["tiedot.csv"],
            ),
        ),
        "rectification-refused": (
            of(Right.RECTIFICATION, **of_members),
            handled_as(
                decisions=[
                    decided(Right.RECTIFICATION, "item-1", old="Airila", new="Airola"),
                    refused(
                        Right.RECTIFICATION,
                        "item-2",
                        "data_correct",
                        facts=say["joined"],
                    ),
                ],
                recipients=[got("rowing-federation"), *not_got("accounting")],
                corrections={
                    "item-1": ("Airila", "Airola"),
                    "item-2": ("2019", "2018"),
                },
            ),
        ),
        "statement-added": (
            of(
                Right.RECTIFICATION,
                case=SOME_DATA,
                registers=frozenset({"members"}),
            ),
            handled_as(
                decisions=[
                    decided(
                        Right.RECTIFICATION,
                        "item-1",
                        Outcome.REFUSED,
                        "opinion_statement_added",
                        facts=say["coach"],
                    ),
                ],
                recipients=[got("rowing-federation"), *not_got("accounting")],
                corrections={"item-1": (say["slow"], say["steady"])},
            ),
        ),
        "in-part": (
            of(Right.ERASURE, Right.MARKETING, Right.WITHDRAWAL),
            handled_as(
                decisions=[
                    decided(Right.MARKETING, "all", on=date(2026, 11, 23)),
                    decided(Right.WITHDRAWAL, "all", on=date(2026, 11, 23)),
                    decided(Right.ERASURE, "newsletter-and-events"),
                    decided(Right.ERASURE, "members"),
                    refused(
                        Right.ERASURE,
                        "members#2",
                        "exception_17_3_b",
                        data=say["invoices"],
                        facts=say["accounting"],
                        provision=say["books"],
                        kept_until=say["until"],
                    ),
                ],
                recipients=[
                    got("newsletter-service"),
                    got("rowing-federation"),
                    *not_got("accounting"),
                    (
                        RecipientSettled(
                            recipient="regatta-organisers",
                            got=True,
                            why_not=WhyNotTold.IMPOSSIBLE,
                        ),
                        {"name": say["organiser"], "why": say["why_untold"]},
                    ),
                ],
            ),
        ),
        "rectification": (
            of(Right.RECTIFICATION, Right.RESTRICTION, **of_members),
            handled_as(
                decisions=[
                    decided(Right.RECTIFICATION, "item-1", old="1974", new="1947"),
                    decided(Right.RESTRICTION, "members", on=date(2026, 11, 23)),
                ],
                recipients=[
                    got("rowing-federation"),
                    *not_got("accounting"),
                ],
                words={"own_words": say["own"]},
            ),
        ),
        "for-another": (
            of(
                Right.ACCESS,
                Right.WITHDRAWAL,
                case=SOME_DATA,
                registers=frozenset({"newsletter-and-events"}),
                whose="Taimi Testinen",
            ),
            handled_as(
                decisions=[
                    decided(Right.ACCESS, "newsletter-and-events"),
                    decided(Right.WITHDRAWAL, "all", on=date(2026, 11, 23)),
                ],
                recipients=[got("newsletter-service"), *not_got("regatta-organisers")],
                attached=["tiedot.csv"],
            ),
        ),
        "no-data": (
            of(Right.ACCESS),
            handled_as(
                decisions=[decided(Right.ACCESS, "all", Outcome.NO_DATA)],
                searches=[
                    Searched(place=place, found=False)
                    for place in (*sorted(BOTH), *OTHER_PLACES)
                ],
            ),
        ),
        "not-identified": (
            of(Right.ACCESS, Right.ERASURE),
            handled_as(
                decisions=[
                    decided(
                        right,
                        "all",
                        Outcome.NOT_IDENTIFIED,
                        "not_identified",
                        facts=say["not_sure"],
                    )
                    for right in (Right.ACCESS, Right.ERASURE)
                ],
            ),
        ),
        "not-ours": (
            of(Right.ACCESS),
            handled_as(
                decisions=[
                    decided(
                        Right.ACCESS,
                        "all",
                        Outcome.PASSED_ON,
                        on=date(2026, 11, 24),
                        controller=say["other_controller"],
                    )
                ],
            ),
        ),
        "to-the-ombudsman": (
            of(Right.ACCESS, today=date(2026, 12, 28)),
            handled_as(
                decisions=[
                    refused(
                        Right.ACCESS,
                        "all",
                        "exception_34",
                        facts=say["danger"],
                    )
                ],
            ),
        ),
        "other": (
            of(
                Right.OTHER,
                Right.OBJECTION,
                case=SOME_DATA,
                registers=frozenset({"newsletter-and-events"}),
            ),
            handled_as(
                decisions=[
                    decided(Right.OTHER, "all", done=say["matter"]),
                    decided(Right.OBJECTION, "newsletter-and-events"),
                ],
            ),
        ),
    }


def golden(content: Content) -> Iterator[tuple[Path, str]]:
    for language in LANGUAGES:
        for name, letter in letters_of(content, language):
            yield HERE / f"{name}.{language}.txt", render(letter)


if __name__ == "__main__":
    for file, text in golden(read_content(SMALL)):
        file.write_text(text, encoding="utf-8")
