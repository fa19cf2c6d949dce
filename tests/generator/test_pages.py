"""Every page of both organisations, held to the rules that all pages share."""

import gzip
import re
from collections import Counter
from itertools import pairwise
from posixpath import dirname, join, normpath
from urllib.parse import urldefrag, urlsplit

import pytest

from generator.content.reader import read_content
from generator.pages import pages
from generator.statement_sections import REGISTER, WHOLE
from tests.conftest import edit, parsed, words

FIRST_FLIGHT = 14_600  # bytes of one TCP first flight (ten segments, RFC 6928)
BASE_STYLE = 6_000


@pytest.fixture(params=["small_site", "first_site"])
def site(request):
    return request.getfixturevalue(request.param)


def html_files(site):
    return [path for path in site if path.endswith(".html")]


def test_pages_lie_where_scripts_expect_them(first_site):
    ids = ("customer-marketing", "peili-profile", "workplace-mediation")
    places = ["index.html", "rights/index.html"]
    places += [f"registers/{each}/index.html" for each in ids]

    for place in [*places, "404.html"]:
        assert place in first_site
        assert f"en/{place}" in first_site


def test_every_page_has_one_title_that_is_its_heading(site):
    for path in html_files(site):
        page = parsed(site, path)

        (heading,) = page.find_all("h1")
        assert page.title.string.startswith(heading.get_text())


def test_headings_never_skip_a_level(site):
    for path in html_files(site):
        levels = [
            int(each.name[1])
            for each in parsed(site, path).find_all(re.compile("^h[1-6]$"))
        ]

        steps = pairwise(levels)
        assert all(after - before <= 1 for before, after in steps), path


def test_ids_are_unique(site):
    for path in html_files(site):
        ids = Counter(each["id"] for each in parsed(site, path).find_all(id=True))

        assert [name for name, times in ids.items() if times > 1] == []


def test_every_link_within_the_site_leads_somewhere(site):
    for path in html_files(site):
        if path.endswith("404.html"):
            continue
        for link in parsed(site, path).find_all("a", href=True):
            place, anchor = urldefrag(link["href"])
            if urlsplit(place).scheme or place.startswith("/request/"):
                continue
            there = normpath(join(dirname(path), place or path.rsplit("/")[-1]))
            file = there if there in site else normpath(join(there, "index.html"))
            assert file in site, f"{path} links to {link['href']}"
            assert not anchor or parsed(site, file).find(id=anchor), link["href"]


def test_nothing_is_loaded_from_another_host(site):
    for path in html_files(site):
        page = parsed(site, path)
        loaded = [each["src"] for each in page.find_all(src=True)]
        loaded += [each["href"] for each in page.find_all("link", rel="stylesheet")]

        assert not [each for each in loaded if "//" in each]
    assert b"url(" not in site["static/base.css"]


def test_there_is_no_script_and_no_inline_style(site):
    for path in html_files(site):
        page = parsed(site, path)

        assert page.find_all(["script", "style", "iframe", "object"]) == []
        assert not [
            tag
            for tag in page.find_all(True)
            for name in tag.attrs
            if name == "style" or name.startswith("on")
        ]


def test_language_switch_leads_to_the_same_page(site):
    for path in html_files(site):
        if path.startswith("en/") or path == "404.html":
            continue
        link = parsed(site, path).find("a", hreflang="en", lang="en")
        there = normpath(join(dirname(path), link["href"], "index.html"))

        assert there == f"en/{path}"


def test_language_versions_name_each_other(site):
    for path in html_files(site):
        page = parsed(site, path)
        if path.endswith("404.html"):
            assert page.find("link", rel="canonical") is None
            continue
        alternates = {
            each["hreflang"]: each["href"]
            for each in page.find_all("link", hreflang=True)
        }

        assert alternates.keys() == {"fi", "en", "x-default"}
        assert (
            page.find("link", rel="canonical")["href"] == alternates[page.html["lang"]]
        )
        assert page.find("link", rel="privacy-policy")


def test_sitemap_lists_every_page_with_its_versions(small, small_site):
    sitemap = small_site["sitemap.xml"].decode()

    for path in html_files(small_site):
        if not path.endswith("404.html"):
            address = small.site.base_url + path.removesuffix("index.html")
            assert f"<loc>{address}</loc>" in sitemap
    assert (
        f"Sitemap: {small.site.base_url}sitemap.xml"
        in small_site["robots.txt"].decode()
    )


def test_the_statement_fits_into_the_first_flight(site):
    for path in ("index.html", "en/index.html"):
        assert len(gzip.compress(site[path], 9)) <= FIRST_FLIGHT
    assert len(gzip.compress(site["static/base.css"], 9)) <= BASE_STYLE


def test_rendering_twice_gives_the_same_bytes(small, small_site):
    assert dict(pages(small)) == small_site


def test_anchors_are_the_words_that_others_link_to(small_site):
    page = parsed(small_site, "index.html")
    anchors = [part.anchor for each in WHOLE for part in (each, *each.parts)]

    shown = [
        each["id"] for each in page.select(".sections [id]") if each["id"] in anchors
    ]
    assert shown == [each for each in anchors if each in shown]
    assert {"rekisterinpitaja", "tarkoitukset", "vastaanottajat", "muutokset"} <= {
        *shown
    }


def test_empty_sections_are_left_out_and_numbers_run_on(first_site):
    numbers = [
        each.get_text()
        for each in parsed(first_site, "index.html").select(
            ".sections > section > h2 > .number"
        )
    ]

    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert not parsed(first_site, "index.html").find(id="evasteet")


def test_without_a_form_there_are_other_ways_and_no_button(first_site):
    page = parsed(first_site, "index.html")

    assert page.select("a.button") == []
    assert "Kirjeitse: Kirsi Hoffrén, Interniemi Oy" in words(first_site, "index.html")


def test_buttons_of_a_register_prefill_right_and_register(small_site):
    page = parsed(small_site, "en/registers/members/index.html")

    (button,) = page.select("#erasure a.button")
    assert button["href"] == "/request/en/?right=erasure&register=members"


def test_rights_page_prefills_the_right(small_site):
    page = parsed(small_site, "rights/index.html")
    section = page.find(id="access").find_parent("section")

    assert section.select_one("a.button")["href"] == "/request/?right=access"


def test_the_right_to_object_has_a_box_of_its_own(small_site):
    box = parsed(small_site, "index.html").select_one("section.box")

    assert box.h2["id"] == "vastustaminen"
    assert [each.get_text() for each in box.select(".button")] == [
        "Kiellä suoramarkkinointi",
        "Vastusta käsittelyä",
    ]


def test_table_ties_each_purpose_to_its_own(small_site):
    table = parsed(small_site, "en/registers/members/index.html").table
    heads = [each.get_text() for each in table.select("th")]
    row = next(
        each for each in table.select("tbody tr") if "bookkeeping" in each.get_text()
    )

    assert heads == ["Purpose", "Basis", "Data", "Recipients", "Retention"]
    assert "Accounting Act" in row.get_text()
    assert "municipality" not in row.get_text().lower()


def test_untied_purposes_share_one_row_of_lists(first_site):
    table = parsed(first_site, "registers/customer-marketing/index.html").table

    (row,) = table.select("tbody tr")
    assert [len(cell.select("li")) for cell in row.select("td")] == [8, 3, 22, 4]


def test_a_register_without_purposes_has_no_table(first_site):
    page = parsed(first_site, "registers/workplace-mediation/index.html")

    assert page.table is None
    assert len(page.select("dl.rights > div")) == 9


def test_phone_numbers_are_written_as_readers_dial_them(first_site):
    assert "040 738 6194" in words(first_site, "index.html")
    assert "+358 40 738 6194" not in words(first_site, "index.html")
    assert "+358 40 738 6194" in words(first_site, "en/index.html")


def test_contacts_show_only_what_the_organisation_chose(root):
    file = root / "content" / "controller.yaml"
    edit(file, "shown: [name, phone, email]", "shown: [email]")
    site = dict(pages(read_content(root)))

    contacts = parsed(site, "index.html").find(id="yhteyshenkilo").parent.get_text()
    assert "tietosuoja@soutuseura.example" in contacts
    assert "Aino Airola" not in words(site, "index.html")


def test_many_registers_make_the_front_page_an_index(root):
    folder = root / "content" / "registers"
    text = "id: r{0}\nname: {{fi: Rekisteri {0}, en: Register {0}}}\n"
    for number in range(20):
        (folder / f"r{number}.yaml").write_text(text.format(number))
    file = root / "content" / "notice.yaml"
    if listed := re.search(r"^registers:.*\n", file.read_text(), re.MULTILINE):
        edit(file, listed[0], "")
    site = dict(pages(read_content(root)))

    index = parsed(site, "index.html").select("ul.index a")
    assert len(index) == 23
    assert "tarkoitukset" not in site["index.html"].decode()
    assert "registers/r7/index.html" in site


def test_register_pages_use_the_statements_own_sections():
    statement = {part.key for each in WHOLE for part in (each, *each.parts)}

    assert {each.key for each in REGISTER} - statement == {"register_controller"}
