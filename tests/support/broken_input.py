"""Everything that can be wrong with a file, and what its author reads about it."""

import codecs

from tests.support.smallest_organisation import FILES, REGISTER

GOOD = FILES[REGISTER]

# What is written after the two lines of a good register, and what is reported.
YAML_MISTAKES = {
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

# What is written after the two lines of a good register, and all that is reported.
FAULTY_VALUES = {
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

# A file, its content, and what is reported.
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

# The bytes of a register, and what is reported.
BROKEN_BYTES = {
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
