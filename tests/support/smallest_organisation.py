"""The smallest organisation that can be read, for tests that break it."""

from pathlib import Path

FILES = {
    "site.yaml": """\
languages: [fi, en]
default_language: fi
base_url: https://www.example.fi/
""",
    "content/controller.yaml": """\
controller: {name: Esimerkki Oy}
contacts:
  - {id: office, name: Toimisto}
""",
    "content/notice.yaml": """\
title: {fi: Tietosuojaseloste, en: Privacy notice}
short_title: {fi: Seloste, en: Notice}
""",
    "content/purposes.yaml": """\
purposes:
  - {id: billing, fi: laskutus, en: billing}
""",
    "content/data.yaml": """\
data:
  - {id: name, fi: Nimi, en: Name}
  - {id: address, fi: Osoite, en: Address}
""",
    "content/sources.yaml": """\
sources:
  - {id: person, fi: sinä itse, en: you}
""",
    "content/disclosures.yaml": """\
disclosures:
  - {id: bank, recipient: {fi: pankki, en: bank}}
""",
    "content/registers/customers.yaml": """\
id: customers
name: {fi: Asiakkaat, en: Customers}
""",
}

REGISTER = "content/registers/customers.yaml"


def write(root: Path) -> Path:
    for path, text in FILES.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return root
