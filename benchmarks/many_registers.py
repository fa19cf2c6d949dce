"""How long a site of many registers takes, in how much memory, and beside Hugo.

python benchmarks/many_registers.py [REGISTERS …] [--keep FOLDER]

Makes organisations of 30, 300 and 1,000 registers from a fixed seed, builds each twice
(the second time one register has changed) and, where the program `hugo` is installed,
builds pages that say the same from the same data with it. The end is 1 if a build took
more memory than LIMIT.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from generator.content.reader import LAW

SEED = 20261122
LIMIT = 200  # MB
HUGO_SITE = Path(__file__).with_name("hugo")
LANGUAGES = ("fi", "en")
COMPARABLE = 0.8  # the share of our bytes that Hugo's pages have at least

Text = dict[str, str]


class Run(NamedTuple):
    seconds: float
    megabytes: float
    files: int
    bytes: int


# ---------------------------------------------------------------- the organisation


def texts(*pairs: str) -> list[Text]:
    """Make texts of `suomeksi = in English`."""
    return [dict(zip(LANGUAGES, pair.split(" = "), strict=True)) for pair in pairs]


SERVICES = texts(
    "Varhaiskasvatus = Early education",
    "Perusopetus = Basic education",
    "Lukiokoulutus = Upper secondary education",
    "Kansalaisopisto = Adult education centre",
    "Kirjasto = Library",
    "Museo = Museum",
    "Nuorisopalvelut = Youth services",
    "Liikuntapalvelut = Sports services",
    "Uimahalli = Swimming hall",
    "Kulttuuripalvelut = Cultural services",
    "Musiikkiopisto = Music school",
    "Rakennusvalvonta = Building control",
    "Kaavoitus = Town planning",
    "Maankäyttö = Land use",
    "Ympäristönsuojelu = Environmental protection",
    "Vesilaitos = Waterworks",
    "Jätehuolto = Waste management",
    "Katujen kunnossapito = Street maintenance",
    "Pysäköinninvalvonta = Parking control",
    "Joukkoliikenne = Public transport",
    "Vuokra-asunnot = Rental housing",
    "Työllisyyspalvelut = Employment services",
    "Maahanmuuttopalvelut = Immigration services",
    "Elinkeinopalvelut = Business services",
    "Satama = Harbour",
    "Ruokapalvelut = Catering",
    "Henkilöstöhallinto = Human resources",
    "Taloushallinto = Financial administration",
    "Hankinnat = Procurement",
    "Tietohallinto = Information management",
    "Asiakaspalvelu = Customer service",
    "Viestintä = Communications",
    "Vaalit = Elections",
    "Luottamushenkilöt = Elected officials",
    "Arkisto = Archive",
    "Kriisiviestintä = Crisis communication",
    "Leirikeskus = Camp centre",
    "Torit ja tapahtumat = Markets and events",
    "Venepaikat = Boat berths",
    "Palstaviljelmät = Allotment gardens",
)
USES = texts(
    "asiakkaat = customers",
    "hakemukset = applications",
    "ajanvaraukset = appointments",
    "laskutus = invoicing",
    "palaute = feedback",
    "ilmoittautumiset = registrations",
    "jäsenet = members",
    "sopimukset = contracts",
    "vuorolistat = rosters",
    "kulunvalvonta = access control",
    "kameravalvonta = video surveillance",
    "uutiskirje = newsletter",
    "vahinkoilmoitukset = reports of damage",
    "luvat = permits",
    "tarkastukset = inspections",
    "avustukset = grants",
    "valokuvat = photographs",
    "kyselyt = surveys",
    "koulutukset = training",
    "yhteistyökumppanit = partners",
    "vapaaehtoiset = volunteers",
    "lainat = loans",
    "avaimet = keys",
    "matkakortit = travel cards",
    "kilpailutukset = tenders",
    "jonotuslistat = waiting lists",
)
PEOPLE = texts(
    "asukkaat = residents",
    "palvelun käyttäjät = users of the service",
    "lapset ja heidän huoltajansa = children and their guardians",
    "hakijat = applicants",
    "työntekijät = employees",
    "yritysten yhteyshenkilöt = contact persons of companies",
)
DATA = texts(
    "nimi = name",
    "osoite = address",
    "puhelinnumero = telephone number",
    "sähköpostiosoite = e-mail address",
    "henkilötunnus = personal identity code",
    "syntymäaika = date of birth",
    "asiointikieli = language of service",
    "kotikunta = municipality of residence",
    "huoltajan yhteystiedot = contact details of the guardian",
    "hakemuksen liitteet = attachments of the application",
    "päätökset = decisions",
    "varaukset = bookings",
    "maksut ja laskut = payments and invoices",
    "pankkiyhteys = bank details",
    "valokuva = photograph",
    "kuvatallenne = video recording",
    "läsnäolot = attendance",
    "ruokavalio = diet",
    "ajoneuvon rekisteritunnus = registration number of the vehicle",
    "kiinteistötunnus = property identifier",
    "lokitiedot = log data",
    "palautteen sisältö = content of the feedback",
    "koulutus = education",
    "työnantaja = employer",
)
PURPOSES = texts(
    "palvelun järjestäminen = providing the service",
    "hakemusten käsitteleminen = dealing with applications",
    "asiakkaan tunnistaminen = identifying the customer",
    "laskuttaminen = invoicing",
    "tiedottaminen = communication",
    "palvelun kehittäminen = developing the service",
    "turvallisuuden varmistaminen = ensuring safety",
    "tilastointi = statistics",
    "sopimusten hoitaminen = managing contracts",
    "valvonta = supervision",
    "palautteeseen vastaaminen = answering feedback",
    "arkistointi = archiving",
)
SOURCES = texts(
    "sinä itse = you yourself",
    "huoltaja = the guardian",
    "väestötietojärjestelmä = the Population Information System",
    "työnantaja = the employer",
    "muu viranomainen = another authority",
    "verkkopalvelun käyttö = use of the web service",
)
RECIPIENTS = texts(
    "tietojärjestelmän toimittaja = supplier of the information system",
    "laskutuspalvelu = invoicing service",
    "perintätoimisto = collection agency",
    "postituspalvelu = mailing service",
    "viranomaiset, joilla on tietoihin oikeus = authorities entitled to the data",
    "isännöitsijä = property manager",
    "vartiointiliike = security company",
    "tulkkauspalvelu = interpreting service",
)
EVENTS = texts(
    "asiakkuuden päättymisestä = after the end of the customer relationship",
    "päätöksen antamisesta = after the decision",
    "viimeisestä merkinnästä = after the last entry",
)


def both(**words: str) -> Text:
    return words


def entry(prefix: str, number: int, name: Text, **more: Any) -> dict[str, Any]:
    return {"id": f"{prefix}-{number}", "name": name, **more}


def organisation(registers: int) -> dict[str, dict[str, Any]]:
    """Make all files of an organisation, by their paths."""
    chance = random.Random(SEED)
    files = dict(whole())
    names = list(product(USES, SERVICES))
    for number in range(registers):
        use, service = names[number % len(names)]
        path = f"content/registers/register-{number}.yaml"
        files[path] = register(chance, number, service, use)
    return files


def whole() -> dict[str, dict[str, Any]]:
    """Make what the registers share."""
    articles = ("6(1)(a)", "6(1)(b)", "6(1)(c)", "6(1)(e)", "6(1)(f)")
    interest = both(fi="palvelun turvallisuus", en="safety of the service")
    bases = [
        {
            "article": article,
            "law": both(fi=f"laki {n + 1}/2020 {n + 2} §", en=f"Act {n + 1}/2020"),
            **({"interest": interest} if article == "6(1)(f)" else {}),
        }
        for n, article in enumerate(articles)
    ]
    return {
        "site.yaml": {
            "languages": [*LANGUAGES],
            "default_language": "fi",
            "base_url": "https://www.esimerkkila.example/",
        },
        "content/controller.yaml": {
            "controller": {
                "name": "Esimerkkilän kaupunki",
                "business_id": "1234567-1",
                "email": "kirjaamo@esimerkkila.example",
            }
        },
        "content/notice.yaml": {
            "title": both(fi="Tietosuojaseloste", en="Privacy notice"),
            "short_title": both(fi="Tietosuoja", en="Privacy"),
        },
        "content/purposes.yaml": {
            "purposes": [
                entry("purpose", n, name, basis=bases[n % len(bases)])
                for n, name in enumerate(PURPOSES)
            ]
        },
        "content/data.yaml": {
            "data": [entry("data", n, name) for n, name in enumerate(DATA)]
        },
        "content/sources.yaml": {
            "sources": [
                entry("source", n, name, **{"from": ("the-person", "elsewhere")[n > 0]})
                for n, name in enumerate(SOURCES)
            ]
        },
        "content/disclosures.yaml": {
            "disclosures": [
                {
                    "id": f"recipient-{n}",
                    "recipient": name,
                    "role": ("processor", "controller")[n % 2],
                    "country": ("FI", "SE", "DE")[n % 3],
                }
                for n, name in enumerate(RECIPIENTS)
            ]
        },
    }


def register(
    chance: random.Random, number: int, service: Text, use: Text
) -> dict[str, Any]:
    """Make one register, whose entries are those of the catalogues."""
    some = chance.sample
    name = {each: f"{service[each]}: {use[each]} {number}" for each in LANGUAGES}
    return {
        "id": f"register-{number}",
        "name": name,
        "about": both(
            fi=f"Palvelu tarvitsee rekisteriä. {service['fi']} vastaa siitä.",
            en=f"The service needs the register. {service['en']} is in charge of it.",
        ),
        "data_subjects": some(PEOPLE, 2),
        "purposes": [f"purpose-{n}" for n in sorted(some(range(len(PURPOSES)), 4))],
        "data": [f"data-{n}" for n in sorted(some(range(len(DATA)), 9))],
        "sources": [f"source-{n}" for n in sorted(some(range(len(SOURCES)), 2))],
        "disclosures": [f"recipient-{n}" for n in some(range(len(RECIPIENTS)), 3)],
        "transfers": {"outside_eea": "none"},
        "retention": [
            {"text": some(DATA, 1)[0], "years": chance.randint(1, 10), "after": after}
            for after in some(EVENTS, 2)
        ],
        "automated_decisions": "none",
    }


class _PlainDumper(yaml.SafeDumper):
    """Writes every value out."""

    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True


def write(files: dict[str, dict[str, Any]], root: Path) -> None:
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.dump(
            content, Dumper=_PlainDumper, allow_unicode=True, sort_keys=False, width=120
        )
        file.write_text(text)


# ---------------------------------------------------------------- the same for Hugo


def write_for_hugo(files: dict[str, dict[str, Any]], root: Path) -> None:
    """Write one page a register and language, with everything it says resolved."""
    shutil.copytree(HUGO_SITE, root)
    (root / "data").mkdir()
    shutil.copy(LAW, root / "data" / "law.yaml")
    entries = {
        each["id"]: each
        for path in ("purposes", "data", "sources", "disclosures")
        for each in files[f"content/{path}.yaml"][path]
    }
    for path, content in files.items():
        if "/registers/" in path:
            for language in LANGUAGES:
                page = in_one_language(content, entries, language)
                file = root / f"content/registers/{content['id']}.{language}.md"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(json.dumps(page, ensure_ascii=False) + "\n")


def in_one_language(value: Any, entries: dict[str, Any], language: str) -> Any:
    """Put entries in place of ids, and words in place of texts."""
    match value:
        case dict() if language in value:
            return value[language]
        case dict():
            said = {
                key: each if key == "id" else in_one_language(each, entries, language)
                for key, each in value.items()
            }
            return {"title": said["name"], **said} if "data_subjects" in said else said
        case list():
            return [in_one_language(each, entries, language) for each in value]
        case str() if value in entries:
            return in_one_language(entries[value], entries, language)
        case _:
            return value


# ---------------------------------------------------------------- measuring


def measured(command: list[str], output: Path) -> Run:
    """Run a program to its end, and tell what it took."""
    began = time.perf_counter()
    program = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(program.pid, 0)
    seconds = time.perf_counter() - began
    program.returncode = os.waitstatus_to_exitcode(status)
    if program.returncode:
        sys.exit(f"{' '.join(command)} ended with {program.returncode}")
    pages = [file for file in output.resolve().rglob("*") if file.is_file()]
    size = sum(file.stat().st_size for file in pages)
    return Run(seconds, used.ru_maxrss / 1024, len(pages), size)


def show(registers: int, what: str, run: Run) -> None:
    print(
        f"{registers:9,} {what:24} {run.seconds:8.2f} s {run.megabytes:7.0f} MB "
        f"{run.files:7,} files {run.bytes / 1e6:7.1f} MB"
    )


def compare(registers: int, folder: Path) -> float:
    """Build an organisation with us and with Hugo, and return our memory."""
    files = organisation(registers)
    root = folder / f"{registers}-registers"
    write(files, root)
    ours = [sys.executable, "-m", "generator", "build", "--root", str(root)]
    first = measured(ours, root / "public")
    show(registers, "Seloste", first)
    files["content/registers/register-0.yaml"]["name"]["fi"] += " (uusi)"
    write(files, root)
    again = measured(ours, root / "public")
    show(registers, "Seloste, one changed", again)
    if program := shutil.which("hugo"):
        source = folder / f"{registers}-registers-hugo"
        write_for_hugo(files, source)
        theirs = [program, "--quiet", "--source", str(source)]
        run = measured(theirs, source / "public")
        show(registers, "Hugo", run)
        if run.bytes < first.bytes * COMPARABLE:
            print("The pages of Hugo say less than ours: the times don't compare.")
    else:
        print(f"{registers:9,} Hugo: not installed (Debian: apt install hugo)")
    return max(first.megabytes, again.megabytes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("registers", nargs="*", type=int, default=[30, 300, 1000])
    parser.add_argument("--keep", type=Path, help="leave the sites in this folder")
    chosen = parser.parse_args()
    print(f"{'registers':>9} {'':24} {'time':>10} {'memory':>10}")
    with tempfile.TemporaryDirectory() as folder:
        place = chosen.keep or Path(folder)
        memory = [compare(each, place) for each in chosen.registers]
    sys.exit(max(memory) > LIMIT)


if __name__ == "__main__":
    main()
