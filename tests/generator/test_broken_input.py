"""Whatever is wrong with a file, its author reads what it is, where, and the mend."""

import codecs
import os
import re
from pathlib import Path

import pytest

from generator.content.problems import MESSAGES, ContentError
from generator.content.reader import read_content
from generator.languages import tool_messages
from tests.conftest import need_another_user
from tests.generator.organisation import FILES, REGISTER, write

ENGLISH, FINNISH = tool_messages("en"), tool_messages("fi")


@pytest.fixture
def root(tmp_path):
    return write(tmp_path / "organisation")


def told(root) -> list[str]:
    """Read the content, and return the lines that an author is told."""
    with pytest.raises(ContentError) as error:
        read_content(root)
    problems = error.value.problems
    for problem in problems:
        assert problem.message(FINNISH) != problem.message(ENGLISH)
    return [problem.line_of_report(ENGLISH) for problem in problems]


# ---------------------------------------------------------------- slips of the pen

# What is written after the two lines of a good register, and what is told of it.
SLIPS = {
    "no space after a colon": (
        "about:Hei\n",
        "3:1: A space is missing after the colon in “about:Hei”. Write “about: …”.",
    ),
    "no space after a colon, in a group": (
        "about:\n  fi:Hei\n  en: Hi\n",
        "4:3: A space is missing after the colon in “fi:Hei”. Write “fi: …”.",
    ),
    "no space after any colon of a group": (
        "about:\n  fi:Hei\n  en:Hi\n",
        "4:3: A space is missing after the colon in “fi:Hei en:Hi”. Write “fi: …”.",
    ),
    "no space after a colon, in braces": (
        "about: {fi:Hei, en: Hi}\n",
        "3:9: A space is missing after the colon in “fi:Hei”. Write “fi: …”.",
    ),
    "no colon": (
        "about Hei\n",
        "3:1: There is no colon in “about Hei”. Write a key, a colon, a space and the value; a text that goes on must be indented.",
    ),
    "no key": (
        ": Hei\n",
        "3:1: There is nothing before the colon. Write the key there, or put the text in quotes.",
    ),
    "colon in a text": (
        "about:\n  fi: Klo 12: suljettu\n  en: Hi\n",
        "4:7: A colon and a space stand within the text “Klo 12: suljettu”. Put the text in quotes.",
    ),
    "colon in a text in braces": (
        "about: {fi: Klo 12: suljettu, en: Hi}\n",
        "3:19: A colon too many stands here. If a new key begins, put a comma before it; if it is part of the text, put the text in quotes.",
    ),
    "no comma between languages": (
        "about: {fi: Hei en: Hi}\n",
        "3:19: A colon too many stands here. If a new key begins, put a comma before it; if it is part of the text, put the text in quotes.",
    ),
    "comma in a text in braces": (
        "about: {fi: Nimi, osoite ja puhelin, en: Hi}\n",
        "3:19: “osoite ja puhelin” has no value: a comma within braces begins a new key. Put the whole text in quotes.",
    ),
    "two commas": (
        "about: {fi: Hei,, en: Hi}\n",
        "3:17: There is nothing before or after a comma here. Delete the comma.",
    ),
    "brace not closed": (
        "about: {fi: Hei, en: Hi\nadopted: true\n",
        "3:8: “{” opens here and is not closed. Add “}” at the end, or put the text in quotes.",
    ),
    "bracket not closed at the end": (
        "data: [name, address\n",
        "3:7: “[” opens here and is not closed. Add “]” at the end, or put the text in quotes.",
    ),
    "bracket closed by a brace": (
        "data: [name, address}\n",
        "3:21: “}” closes nothing here. Delete it, or put the text in quotes.",
    ),
    "bracket closed twice": (
        "data: [name, address]]\n",
        "3:22: “]” closes nothing here. Delete it, or put the text in quotes.",
    ),
    "text after a bracket": (
        "about: [tärkeää] hei\n",
        "3:18: Something goes on after the closing “]”. Delete it, or put the whole text in quotes.",
    ),
    "braces in a text in braces": (
        "about: {fi: Hei {nimi}, en: Hi}\n",
        "3:17: A comma is missing here; or, if all of this is one text, it needs quotes.",
    ),
    "braces of a template": (
        "{hei}: moi\n",
        "3:1: A list or a group stands where a key belongs. Write a word before the colon, or put the text in quotes.",
    ),
    "quotation mark not closed": (
        'about:\n  fi: "Hei\n  en: Hi\n',
        '4:7: The quotation mark " opens here and is not closed. Add one at the end of the text.',
    ),
    "quotation mark closed by the next one in the file": (
        'about:\n  fi: "Hei\n  en: Hi\ndata:\n  - name\nprofiling: "none"\n',
        '4:7: The quotation mark " opens here and is not closed. Add one at the end of the text.',
    ),
    "long text in quotes with more behind it": (
        'about:\n  fi: "Hei\n    ja: hei" sinä\n  en: Hi\n',
        '4:7: The quotation mark " opens here and is not closed. Add one at the end of the text.',
    ),
    "apostrophe within single quotes": (
        "about: {fi: Hei}\ncontroller:\n  name: 'Mary's'\n",
        "5:15: The text goes on after its closing quotation mark '. Put the whole text in quotes of the other kind.",
    ),
    "text after a quoted one": (
        'about:\n  fi: "Hei" sinä\n  en: Hi\n',
        '4:13: The text goes on after its closing quotation mark ". Put the whole text in quotes of the other kind.',
    ),
    "backslash within double quotes": (
        'about: {fi: "C:\\data", en: Hi}\n',
        "3:16: The backslash has a meaning of its own within double quotes. Use single quotes: '…'.",
    ),
    "leading @": (
        "about: {fi: @hei, en: Hi}\n",
        "3:13: A text cannot begin with “@”. Put it in quotes.",
    ),
    "leading backtick": (
        "about: `Hei`\n",
        "3:8: A text cannot begin with “`”. Put it in quotes.",
    ),
    "leading %": (
        "about: %hei\n",
        "3:8: A text cannot begin with “%”. Put it in quotes.",
    ),
    "leading &": (
        "about: {fi: &Pojat, en: Hi}\n",
        "3:13: “&Pojat,” begins with a mark (& or *) that means something else here. Put the whole text in quotes; a reference to another place is written out.",
    ),
    "Markdown without quotes": (
        "about: **tärkeää**\n",
        "3:8: “**tärkeää**” begins with a mark (& or *) that means something else here. Put the whole text in quotes; a reference to another place is written out.",
    ),
    "leading !": (
        "about: !Hei\n",
        "3:8: “!Hei” begins with a mark (!) that means something else here. Put the whole text in quotes, or delete the mark.",
    ),
    "leading #": (
        "about: #hei\n",
        "3:1: “about” has no value: # begins a note that is not read. Put the text in quotes.",
    ),
    "leading > and text on the same line": (
        "about:\n  fi: >- Hei\n  en: Hi\n",
        "4:7: After “>-” the text begins on the next line. Move it there, or put the whole text in quotes.",
    ),
    "list on the line of its key": (
        "data: - name\n",
        "3:7: A list begins on a line of its own. Move “- …” to the next line, or put the text in quotes.",
    ),
    "list without its key": (
        "- name\n",
        "3:1: An item of a list (“- …”) stands among “key: value” lines. Indent it, or write the key of its list above.",
    ),
    "no hyphen in a list": (
        "data:\n  - name\n  address:\n",
        "5:3: “address:” stands in a list. Begin it with “- ” like the others, or move it to where it belongs.",
    ),
    "no space after the hyphen": (
        "data:\n  - name\n  -address\n",
        "5:3: A space is missing after the hyphen in “-address”. Write “- …”.",
    ),
    "too far right": (
        "about:\n  fi: Hei\n   en: Hi\n",
        "5:4: The line begins too far left or right. Begin it exactly below the lines it belongs with.",
    ),
    "too far left": (
        "about:\n    fi: Hei\n  en: Hi\n",
        "5:3: The line begins too far left or right. Begin it exactly below the lines it belongs with.",
    ),
    "tab": ("about:\n\tfi: Hei\n", "4:1: A tab stands here. Use spaces."),
    "tab after a hyphen": (
        "data:\n  -\tname\n",
        "4:4: A tab stands here. Use spaces.",
    ),
    "merge conflict": (
        "<<<<<<< HEAD\nabout: {fi: Hei, en: Hi}\n=======\n>>>>>>> other\n",
        "3:1: A merge conflict is left here. Keep one of the two versions and delete the marks.",
    ),
    "half a merge conflict": (
        "=======\nabout: {fi: Hei, en: Hi}\n",
        "3:1: A merge conflict is left here. Keep one of the two versions and delete the marks.",
    ),
    "second document": (
        "---\nid: more\n",
        "3:1: Something new begins here although the file is at its end (---, …). Keep one document in a file.",
    ),
    "text after the end": (
        "... loppu\n",
        "3:5: Something new begins here although the file is at its end (---, …). Keep one document in a file.",
    ),
    "duplicate key": (
        "name: {fi: Taas, en: Again}\n",
        "3:1: “name” stands here twice; the first is on line 2. Delete one.",
    ),
    "alias": (
        "about: *muu\n",
        "3:8: “*muu” begins with a mark (& or *) that means something else here. Put the whole text in quotes; a reference to another place is written out.",
    ),
    "Python tag": (
        "about: !!python/object/apply:os.system [reboot]\n",
        "3:8: “!!python/object/apply:os.system” begins with a mark (!) that means something else here. Put the whole text in quotes, or delete the mark.",
    ),
    "51 levels": (
        "about: " + "[" * 51 + "\n",
        "3:58: Lists and groups lie more than 50 levels deep here. Check the brackets and the indentation.",
    ),
    "100,000 brackets": (
        "about: " + "[" * 100_000 + "\n",
        "3:1007: Lists and groups lie more than 50 levels deep here. Check the brackets and the indentation.",
    ),
    "control character": (
        "about: {fi: Hei\x07, en: Hi}\n",
        "3:16: The invisible character U+0007 stands here. Delete it.",
    ),
    "NUL": (
        "about: {fi: Hei\x00, en: Hi}\n",
        "3:16: The invisible character U+0000 stands here. Delete it.",
    ),
    "line separator of a word processor": (
        "about: {fi: Hei\u2028, en: Hi}\n",
        "3:16: The invisible character U+2028 stands here. Delete it.",
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_of_the_pen_is_explained(root, name):
    text, expected = SLIPS[name]
    with (root / REGISTER).open("a") as register:
        register.write(text)

    assert f"{REGISTER}:{expected}" in told(root)


# ---------------------------------------------------------------- what does not fit

# What is written after the two lines of a good register, and all that is told of it.
FAULTS = {
    "unknown key": (
        "data_subject: [{fi: a, en: b}]",
        "3:1: “data_subject” is not known here. Did you mean “data_subjects”? docs/content.md tells them all.",
    ),
    "unknown key of a small group": (
        "transfers: {outside_eea: none, statment: {fi: a, en: b}}",
        "3:32: “statment” is not known here. Did you mean “statement”? Known are: outside_eea, statement.",
    ),
    "key without a value": (
        "about:",
        "3:1: “about” has no value. Write one, or delete the line.",
    ),
    "not_applicable beside what does not apply": (
        "not_applicable: Emme luovuta.",
        "3:1: Write “not_applicable” indented under the line that does not apply. Such a line can be: disclosures, obligation_to_provide.",
    ),
    "null": (
        "about: ~",
        "3:1: “about” has no value. Write one, or delete the line.",
    ),
    "empty list where absence is meant": (
        "disclosures: []",
        "3:14: “disclosures” is an empty list. Delete the line; where it does not apply, write “disclosures:” and under it not_applicable and the reason.",
    ),
    "empty group": (
        "transfers: {}",
        "3:12: “transfers” is an empty group. Fill it, or delete the line.",
    ),
    "dangling id": (
        "data: [adress]",
        "3:8: There is no “adress” in data.yaml. Did you mean “address”? Write an id that is there, or the text itself in each language.",
    ),
    "dangling id, nothing near": (
        "sources: [xyz]",
        "3:11: There is no “xyz” in sources.yaml. Write an id that is there, or the text itself in each language.",
    ),
    "id of another catalogue": (
        "purposes: [name]",
        "3:12: There is no “name” in purposes.yaml. Write an id that is there, or the text itself in each language.",
    ),
    "the same id twice in a list": (
        "data: [name, address, name]",
        "3:23: “name” stands in this list twice. Delete one.",
    ),
    "id of something written on the spot": (
        "data: [{id: own, fi: a, en: b}]",
        "3:13: What is written here itself needs no id. Delete the id, or move the entry to data.yaml and write only the id here.",
    ),
    "missing language": (
        "about: {fi: Hei}",
        "3:8: The text in language “en” is missing. Add “en: …” beside the others.",
    ),
    "misspelt language": (
        "about: {fi: Hei, eng: Hi}",
        "3:18: “eng” is no language of this site. Did you mean “en”? Known are: fi, en.",
    ),
    "misspelt language where the name stands alone": (
        "data: [{fi: Nimi, enn: Name}]",
        "3:19: “enn” is no language of this site. Did you mean “en”? Known are: fi, en.",
    ),
    "text without languages": (
        "about: Hei",
        "3:8: A text in each language belongs here (fi, en), not “Hei”.",
    ),
    "list instead of a text": (
        "about: [Hei, Hi]",
        "3:8: A text in each language belongs here (fi, en), not a list.",
    ),
    "list within a text": (
        "about: {fi: [Hei], en: Hi}",
        "3:13: A text belongs here, not a list.",
    ),
    "blank text": (
        "about: {fi: ' ', en: Hi}",
        "3:13: The text in language “fi” is empty. Write it.",
    ),
    "language without a text": (
        "about:\n  fi: Hei\n  en:",
        "5:3: The text in language “en” is empty. Write it.",
    ),
    "blank name": (
        "controller: {name: ' '}",
        "3:20: The text is empty. Write it, or delete the line.",
    ),
    "text instead of a list": (
        "data: name",
        "3:7: A list belongs here, each item on its own line after “- ”, not “name”.",
    ),
    "text instead of a list that may not apply": (
        "disclosures: bank",
        "3:14: A list belongs here, each item on its own line after “- ”, not “bank”.",
    ),
    "text instead of a text that may not apply": (
        "obligation_to_provide: Kyllä",
        "3:24: A text in each language belongs here (fi, en), not “Kyllä”.",
    ),
    "group instead of a list": (
        "data: {fi: Nimi, en: Name}",
        "3:7: A list belongs here, each item on its own line after “- ”, not a group.",
    ),
    "text instead of a group": (
        "transfers: none",
        "3:12: Write {outside_eea: none}, as-a-rule-not or yes in place of none; not “none”.",
    ),
    "group instead of a word": (
        "controller: {name: {fi: a, en: b}}",
        "3:20: A text belongs here, not a group.",
    ),
    "list instead of a choice": (
        "transfers: {outside_eea: [none]}",
        "3:26: A text belongs here, not a list.",
    ),
    "not one of the choices": (
        "transfers: {outside_eea: no}",
        "3:26: “no” is not one of the choices. Did you mean “none”? Known are: none, as-a-rule-not, yes.",
    ),
    "neither true nor false": (
        "adopted: yes",
        "3:10: “yes” is neither true nor false. Write true or false.",
    ),
    "Finnish date": (
        "adopted_on: 25.5.2018",
        "3:13: “25.5.2018” is no date. Write it as year-month-day: 2026-11-22.",
    ),
    "30 February": (
        "adopted_on: 2018-02-30",
        "3:13: There is no day 2018-02-30. Check the month and the day.",
    ),
    "days that are no number": (
        "retention: [{text: {fi: a, en: b}, days: thirty}]",
        "3:42: “thirty” is no whole number from 1 to 99999. Write digits only.",
    ),
    "no days": (
        "retention: [{text: {fi: a, en: b}, days: 0}]",
        "3:42: “0” is no whole number from 1 to 99999. Write digits only.",
    ),
    "no time at all": (
        "retention: [{text: {fi: a, en: b}}]",
        "3:13: Something is missing. Give one of these: days, months, years, criterion.",
    ),
    "two times": (
        "retention: [{text: {fi: a, en: b}, days: 1, years: 2}]",
        "3:13: Give only one of these: days, years.",
    ),
    "time of nothing": ("retention: [{days: 1}]", "3:13: “text” is missing. Add it."),
    "time of something unknown": (
        "retention: [{what: case_and_leters, days: 1}]",
        "3:20: “case_and_leters” is not a key that the product knows a text for. Did you mean “case_and_letters”? Known are: delivered_package, messages_and_old_values, case_and_letters, abuse_limits, security_log, audit_trail. Or write the text itself in each language.",
    ),
    "time from an unknown event": (
        "retention: [{text: {fi: a, en: b}, days: 1, after: closing}]",
        "3:52: “closing” is not a key that the product knows a text for. Did you mean “closed”? Known are: fetched, closed, last_seen, written. Or write the text itself in each language.",
    ),
    "unknown article": (
        "bases: [{article: 6(1)(g)}]",
        "3:19: “6(1)(g)” is not a place in the GDPR that fits here. Known are: 6(1)(a), 6(1)(b), 6(1)(c), 6(1)(d), 6(1)(e), 6(1)(f).",
    ),
    "basis that says nothing": (
        "bases: [{law: {fi: a, en: b}}]",
        "3:9: Something is missing. Give one of these: article, name.",
    ),
    "bad business id": (
        "controller: {name: A, business_id: 1234567-8}",
        "3:36: “1234567-8” is no business id. Its form is 1234567-1, and the last digit must agree with the others. Check each digit.",
    ),
    "bad country": (
        "controller: {name: A, address: {postcode: 1, town: B, country: Suomi}}",
        "3:64: “Suomi” is no country code. Write two capital letters: FI, NO, US.",
    ),
    "bad telephone number": (
        "controller: {name: A, phone: 09 ABC}",
        "3:30: “09 ABC” is no telephone number. Write digits, spaces and at most a + in front: +358 9 123 456.",
    ),
    "e-mail address hidden from robots": (
        "controller: {name: A, email: info(at)example.fi}",
        "3:30: “info(at)example.fi” is no e-mail address. Write it in full: name@example.fi.",
    ),
    "javascript: as a web address": (
        "controller: {name: A, website: 'javascript:alert(1)'}",
        "3:32: “javascript:alert(1)” is no web address. Write https://… or www.…",
    ),
    "javascript:// as a web address": (
        "controller: {name: A, website: 'javascript://example.fi/%0aalert(1)'}",
        "3:32: “javascript://example.fi/%0aalert(1)” is no web address. Write https://… or www.…",
    ),
    "script in a text": (
        "about: {fi: '<script>alert(1)</script>', en: Hi}",
        "3:13: “<script>” is HTML, which is not used here. Write Markdown: **bold**, [text](https://…).",
    ),
    "raw HTML in a text": (
        "about: {fi: 'Tämä on <b class=x>tärkeää</b>', en: Hi}",
        "3:13: “<b class=x>” is HTML, which is not used here. Write Markdown: **bold**, [text](https://…).",
    ),
    "link that runs a script": (
        "about: {fi: '[paina](JavaScript:alert`1`)', en: Hi}",
        "3:13: “JavaScript:alert`1`” is no address for a link. Use https://…, mailto:… or tel:…",
    ),
    "date without hyphens": (
        "adopted_on: 20180525",
        "3:13: “20180525” is no date. Write it as year-month-day: 2026-11-22.",
    ),
    "Finnish none of decisions": (
        "automated_decisions: ei",
        "3:22: Write none, or a group with logic and significance; not “ei”.",
    ),
    "Finnish none of profiling": (
        "profiling: ei",
        "3:12: Write none, or a text in each language; not “ei”.",
    ),
    "Finnish key that is needed": (
        "controller: {nimi: Airot}",
        "3:14: “nimi” is not known here. Did you mean “name”? Known are: name, business_id, address, phone, email, website, trade_name.",
    ),
    "long key that is like another by chance": (
        "controller: {name: A, kotisivusto: a.fi}",
        "3:23: “kotisivusto” is not known here. Known are: name, business_id, address, phone, email, website, trade_name.",
    ),
    "missing key": (
        "controller: {phone: 09 123 456}",
        "3:13: “name” is missing. Add it.",
    ),
    "a long value is shortened": (
        "adopted: " + "pitkä " * 20,
        "3:10: “pitkä pitkä pitkä pitkä pitkä pitkä pitkä pitkä pitkä pitkä…” is neither true nor false. Write true or false.",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_does_not_fit_is_told(root, name):
    text, expected = FAULTS[name]
    with (root / REGISTER).open("a") as register:
        register.write(text)

    assert told(root) == [f"{REGISTER}:{expected}"]


# ---------------------------------------------------------------- other files

OTHER_FILES = {
    "unknown language of the site": (
        "site.yaml",
        "languages: [fi, xx]\ndefault_language: fi\nbase_url: https://a.fi/\n",
        "1:17: The product has no texts in language “xx”. It has them in: en, fi.",
    ),
    "list of lists of languages": (
        "site.yaml",
        "languages: [[fi]]\ndefault_language: fi\nbase_url: https://a.fi/\n",
        "1:13: A text belongs here, not a list.",
    ),
    "default language that the site lacks": (
        "site.yaml",
        FILES["site.yaml"].replace("default_language: fi", "default_language: sv"),
        "2:19: “sv” is not one of the choices. Known are: fi, en.",
    ),
    "base address without https": (
        "site.yaml",
        FILES["site.yaml"].replace("https://", ""),
        "3:11: “www.example.fi/” is no web address. Write https://… or www.…",
    ),
    "colour in words": (
        "site.yaml",
        FILES["site.yaml"] + "theme: {accent: blue}\n",
        "4:17: “blue” is no colour. Write it in quotes, # and six digits or letters a–f: '#0b5d66'.",
    ),
    "pale colour": (
        "site.yaml",
        FILES["site.yaml"] + "theme: {accent: '#ffcc00'}\n",
        "4:17: “#ffcc00” is too pale: white text on it is hard to read (contrast 1.5 to 1, at least 4.5 is needed). Choose a darker one.",
    ),
    "logo of another kind": (
        "site.yaml",
        FILES["site.yaml"] + "theme: {logo: logo.jpg}\n",
        "4:15: “logo.jpg” is no picture that can be published. Put an .svg or .png file beside site.yaml and write its name.",
    ),
    "logo from elsewhere": (
        "site.yaml",
        FILES["site.yaml"] + "theme: {logo: ../logo.svg}\n",
        "4:15: “../logo.svg” is no picture that can be published. Put an .svg or .png file beside site.yaml and write its name.",
    ),
    "logo that is not there": (
        "site.yaml",
        FILES["site.yaml"] + "theme: {logo: logo.svg}\n",
        "4:15: There is no file “logo.svg” beside site.yaml. Put it there, or mend the name.",
    ),
    "requests to nobody": (
        "content/controller.yaml",
        FILES["content/controller.yaml"]
        + "requests: {ways: [{way: letter, to: ofice}]}\n",
        "4:37: There is no “ofice” among the contacts. Did you mean “office”? Mend the id, or add the contact.",
    ),
    "capital letters in an id": (
        "content/sources.yaml",
        "sources: [{id: Person, fi: a, en: b}]\n",
        "1:16: “Person” is no id. Use small letters a–z, digits and hyphens: customer-register.",
    ),
    "entry without an id": (
        "content/sources.yaml",
        "sources: [{fi: a, en: b}]\n",
        "1:11: “id” is missing. Add it.",
    ),
    "two entries with one id": (
        "content/sources.yaml",
        "sources:\n  - {id: a, fi: a, en: b}\n  - {id: a, fi: a, en: b}\n",
        "3:10: The id “a” is already in use. Give this one another.",
    ),
    "two registers with one id": (
        "content/registers/second.yaml",
        FILES[REGISTER],
        "1:5: The id “customers” is already that of content/registers/customers.yaml. Give this register another.",
    ),
    "register that is not there": (
        "content/notice.yaml",
        FILES["content/notice.yaml"] + "registers: [customer]\n",
        "3:13: There is no register “customer” in content/registers/. Did you mean “customers”? Known are: customers. Mend the id, or delete it here.",
    ),
    "list at the top": (
        "content/notice.yaml",
        "- title\n- short_title\n",
        "1:1: A group of “key: value” lines belongs here, not a list.",
    ),
    "text at the top": (
        "content/notice.yaml",
        "Tietosuojaseloste\n",
        "1:1: A group of “key: value” lines belongs here, not “Tietosuojaseloste”.",
    ),
    "nothing": (
        "content/notice.yaml",
        "",
        "1:1: The file is empty. Write its content; docs/content.md shows what belongs in it.",
    ),
    "only a note": (
        "content/notice.yaml",
        "# title: later\n",
        "1:1: The file is empty. Write its content; docs/content.md shows what belongs in it.",
    ),
    "only null": (
        "content/notice.yaml",
        "null\n",
        "1:1: The file is empty. Write its content; docs/content.md shows what belongs in it.",
    ),
    "unknown file": (
        "content/purpose.yaml",
        "purposes: []\n",
        "1:1: Nothing reads this file. Did you mean “purposes.yaml”? Rename it, or move it away. Known are: controller.yaml, notice.yaml, purposes.yaml, data.yaml, sources.yaml, disclosures.yaml, answers.yaml, translations.lock, registers, pages.",
    ),
    "register with another ending": (
        "content/registers/members.yml",
        "id: members\n",
        "1:1: Nothing reads this file. Did you mean “members.yaml”? Rename it, or move it away. Known are: members.yaml.",
    ),
    "page without a language": (
        "content/pages/cookies.md",
        "# Evästeet\n",
        "1:1: The name of the file should be name.language.md, for example cookies.fi.md, with small letters a–z, digits and hyphens.",
    ),
    "page in one language": (
        "content/pages/cookies.fi.md",
        "# Evästeet\n",
        "1:1: The page is missing in language “en”. Add the file content/pages/cookies.en.md.",
    ),
    "page without a title": (
        "content/pages/cookies.fi.md",
        "Evästeet\n",
        "1:1: The first line should be the title of the page: # Title.",
    ),
    "page at an address in use": (
        "content/pages/rights.fi.md",
        "# Oikeudet\n",
        "1:1: The address “rights” belongs to another page. Rename the file.",
    ),
    "page with a script": (
        "content/pages/cookies.fi.md",
        "# Evästeet\n\nHei <script>alert(1)</script>\n",
        "3:5: “<script>” is HTML, which is not used here. Write Markdown: **bold**, [text](https://…).",
    ),
    "page with a hidden note": (
        "content/pages/cookies.fi.md",
        "# Evästeet\n\n<!-- kesken -->\n",
        "3:1: “<!--” is HTML, which is not used here. Write Markdown: **bold**, [text](https://…).",
    ),
    "page with a link that runs a script": (
        "content/pages/cookies.fi.md",
        "# Evästeet\n\n[paina]: javascript:alert(1)\n",
        "3:10: “javascript:alert(1” is no address for a link. Use https://…, mailto:… or tel:…",
    ),
}


@pytest.mark.parametrize("name", OTHER_FILES)
def test_every_file_tells_what_is_wrong_with_it(root, name):
    path, text, expected = OTHER_FILES[name]
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text(text)

    assert f"{path}:{expected}" in told(root)


# ---------------------------------------------------------------- bytes

GOOD = FILES[REGISTER]

BYTES = {
    "byte order mark": (
        codecs.BOM_UTF8 + GOOD.encode(),
        "1:1: The file begins with an invisible mark (BOM). Save it as “UTF-8”, not as “UTF-8 with BOM”.",
    ),
    "UTF-16": (
        GOOD.encode("utf-16"),
        "1:1: The file is saved as UTF-16. Save it as UTF-8.",
    ),
    "UTF-16 without its mark": (
        GOOD.encode("utf-16-le"),
        "1:1: The file is saved as UTF-16. Save it as UTF-8.",
    ),
    "UTF-16 of a big-endian machine": (
        GOOD.encode("utf-16-be"),
        "1:1: The file is saved as UTF-16. Save it as UTF-8.",
    ),
    "Latin-1": (
        GOOD.replace("Asiakkaat", "Jäsenet").encode("latin-1"),
        "2:13: Here begins a character that is not UTF-8; in an older encoding it is “ä”. Save the file as UTF-8.",
    ),
    "half a character": (
        GOOD.encode() + "about: ä".encode()[:-1],
        "3:8: Here begins a character that is not UTF-8; in an older encoding it is “Ã”. Save the file as UTF-8.",
    ),
    "picture": (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        "1:1: Here begins a character that is not UTF-8; in an older encoding it is “‰”. Save the file as UTF-8.",
    ),
    "2 MB": (
        b"# note\n" * 290_000,
        "1:1: The file is 2030 kB; at most 250 kB are read. Look for something pasted into it by mistake.",
    ),
    "bomb of aliases": (
        b"a: &a [x]\n" + b"".join(b"b: &b [*a, *a]\n" for _ in range(50)),
        "1:4: “&a” begins with a mark (& or *) that means something else here. Put the whole text in quotes; a reference to another place is written out.",
    ),
}


@pytest.mark.parametrize("name", BYTES)
def test_bytes_that_are_no_text_are_told(root, name):
    content, expected = BYTES[name]
    (root / REGISTER).write_bytes(content)

    assert f"{REGISTER}:{expected}" in told(root)


def test_lines_may_end_as_they_do_in_windows(root):
    for path, text in FILES.items():
        (root / path).write_bytes(text.replace("\n", "\r\n").encode())

    assert read_content(root).registers[0].name["fi"] == "Asiakkaat"


def test_places_are_right_where_lines_end_as_in_windows(root):
    (root / REGISTER).write_bytes(GOOD.replace("\n", "\r\n").encode() + b"abot: x\r\n")

    assert told(root)[0].startswith(f"{REGISTER}:3:1: “abot” is not known")


def test_a_file_with_hundreds_of_problems_tells_the_first_hundred(root):
    keys = "".join(f"key-{number}: x\n" for number in range(150))
    (root / REGISTER).write_text(GOOD + keys)

    lines = told(root)

    assert len(lines) == 101
    assert lines[-1].endswith(
        "There are 50 problems more in this file. Mend those above first."
    )


# ---------------------------------------------------------------- the disk


def remove(file):
    file.unlink()


def make_folder(file):
    file.unlink()
    file.mkdir()


def make_pipe(file):
    file.unlink()
    os.mkfifo(file)


def link_nowhere(file):
    file.unlink()
    file.symlink_to("nowhere.yaml")


def link_to_itself(file):
    file.unlink()
    file.symlink_to(file.name)


def link_outside(file):
    secret = file.parents[3] / "secret.yaml"
    secret.write_text("password: hunter2\n")
    file.unlink()
    file.symlink_to(secret)


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (
            make_folder,
            "A folder stands where a file belongs. Move it away or rename it.",
        ),
        (
            make_pipe,
            "This is not an ordinary file. Put an ordinary one here.",
        ),
        (
            link_nowhere,
            "The file is a link that leads nowhere. Put the file itself here.",
        ),
        (
            link_to_itself,
            "The file is a link that leads nowhere. Put the file itself here.",
        ),
        (
            link_outside,
            "The file leads out of the content folder. Put a copy of it here instead.",
        ),
    ],
)
def test_what_is_no_file_of_the_content_is_not_read(root, damage, expected):
    damage(root / REGISTER)

    assert told(root) == [f"{REGISTER}:1:1: {expected}"]


def test_a_missing_file_is_told(root):
    (root / "content/notice.yaml").unlink()

    assert told(root) == [
        "content/notice.yaml:1:1: The file is missing. Create it; docs/content.md shows what belongs in it."
    ]


def test_a_file_in_place_of_a_folder_is_told(root):
    (root / "content/pages").write_text("")

    assert told(root) == [
        "content/pages:1:1: A file stands where a folder belongs. Move it away or rename it."
    ]


def test_a_name_that_cannot_be_shown_is_told(root):
    name = os.fsdecode(b"registers/j\xe4senet.yaml")
    (root / "content" / name).write_text(GOOD)

    assert told(root) == [
        "content/registers/j?senet.yaml:1:1: The name of the file has a character that cannot be shown. Rename the file."
    ]


@pytest.fixture
def reader_without_rights(tmp_path_factory):
    """Read as somebody who owns nothing, where the tests run as root."""
    if os.geteuid():
        yield
        return
    need_another_user()
    for folder in tmp_path_factory.getbasetemp().parents:
        if folder.owner() == "root" and folder.name.startswith("pytest"):
            folder.chmod(0o755)
    tmp_path_factory.getbasetemp().chmod(0o755)
    os.seteuid(65534)
    yield
    os.seteuid(0)


@pytest.mark.parametrize("path", [REGISTER, "content/registers", "content"])
def test_what_may_not_be_read_is_told(root, path, request):
    (root / path).chmod(0)
    root.parent.chmod(0o755)
    request.getfixturevalue("reader_without_rights")

    lines = told(root)

    os.seteuid(os.getuid())
    (root / path).chmod(0o700)
    message = "You have no right to read this. Give yourself the right, or ask who looks after the computer."
    assert f"{path}:1:1: {message}" in lines


def test_an_id_that_is_refused_is_not_suggested(root):
    (root / "content/sources.yaml").write_text(
        "sources: [{id: Person, fi: a, en: b}]\n"
    )
    (root / REGISTER).write_text(GOOD + "sources: [person]\n")

    line, _ = told(root)

    assert "There is no “person” in sources.yaml. Write" in line


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        (REGISTER, GOOD + "transfers: none\n", "nyt ”none”"),
        ("site.yaml", FILES["site.yaml"] + "theme: {accent: '#eeeeee'}\n", " 1,2"),
    ],
    ids=["quotation marks", "decimal point"],
)
def test_finnish_is_written_the_finnish_way(root, file, text, expected):
    (root / file).write_text(text)

    with pytest.raises(ContentError) as error:
        read_content(root)

    assert expected in error.value.problems[0].message(FINNISH)


# ---------------------------------------------------------------- catalogues


@pytest.mark.parametrize("name", ["purposes", "data", "sources", "disclosures"])
def test_a_catalogue_without_entries_may_be_left_out(root, name):
    (root / f"content/{name}.yaml").unlink()

    assert getattr(read_content(root).catalogues, name) == ()


@pytest.mark.parametrize(
    "purposes",
    [
        pytest.param('purposes: [{id: "billing}]\n', id="unreadable"),
        pytest.param("purpose: [{id: billing, fi: a, en: b}]\n", id="misspelt key"),
        pytest.param("purposes: [{idd: billing, fi: a, en: b}]\n", id="no id"),
        pytest.param("purposes: {id: billing, fi: a, en: b}\n", id="no list"),
    ],
)
def test_a_slip_in_a_catalogue_is_not_told_of_those_who_use_it(root, purposes):
    (root / "content/purposes.yaml").write_text(purposes)
    (root / REGISTER).write_text(GOOD + "purposes: [billing]\n")

    assert {line.partition(":")[0] for line in told(root)} == {"content/purposes.yaml"}


def test_a_misspelt_name_of_a_catalogue_is_told_once(root):
    (root / "content/purposes.yaml").rename(root / "content/purpose.yaml")
    (root / REGISTER).write_text(GOOD + "purposes: [billing]\n")

    (line,) = told(root)

    assert "Did you mean “purposes.yaml”?" in line


# ---------------------------------------------------------------- all of it


def test_problems_of_all_files_are_told_at_once(root):
    for path in FILES:
        with (root / path).open("a") as file:
            file.write("odd: key\n")

    assert {line.partition(":")[0] for line in told(root)} == set(FILES)


def test_each_message_is_quoted_above():
    """A message that no test brings about may be one that nobody can; tests/checks has one."""
    quoted = Path(__file__).read_text()

    unseen = {kind for kind in MESSAGES if not re.search(pattern_of(kind), quoted)}

    assert unseen == {"syntax", "unknown_rule"}


def pattern_of(kind):
    return ".+".join(map(re.escape, re.split(r"%\(\w+\)s", MESSAGES[kind])))


def test_the_last_resort_shows_no_words_of_a_library():
    assert "%" not in MESSAGES["syntax"]


def test_the_corpus_is_as_large_as_promised():
    assert len(SLIPS) + len(FAULTS) + len(OTHER_FILES) + len(BYTES) >= 60
    assert Path(__file__).stat().st_size < 100_000
