"""Files become one content: ids resolved, texts in each language, nothing added."""

import os

import pytest

from generator.content.reader import read_content
from tests.conftest import edit
from tests.support.broken_input import GOOD, OTHER_FILES
from tests.support.problem_reports import problem_reports
from tests.support.smallest_organisation import FILES, REGISTER


def register(content, register_id):
    return next(each for each in content.registers if each.id == register_id)


def test_an_id_stands_for_its_catalogue_entry(small):
    members = register(small, "members")

    assert members.purposes[0] in small.catalogues.purposes
    assert members.purposes[0].basis in small.catalogues.bases


def test_a_text_may_stand_where_an_id_does(first):
    feedback = next(
        each for each in first.catalogues.disclosures if each.id == "feedback-tool"
    )

    assert [each.name["en"] for each in feedback.data][:2] == [
        "Name of the customer’s organisation",
        "Name of the coaching service",
    ]
    assert [each.id for each in feedback.data][:2] == [None, "training-service"]


def test_what_is_absent_stays_absent(first):
    peili = register(first, "peili-profile")

    assert (peili.bases, peili.sources, peili.retention) == (None, None, None)
    assert first.organisation.controller.email is None
    assert first.organisation.data_protection_officer is None


def test_what_is_typed_without_quotes_is_text(root):
    edit(root / "content" / "controller.yaml", 'postcode: "00000"', "postcode: 00790")
    edit(root / "content" / "controller.yaml", "country: FI", "country: NO")

    address = read_content(root).organisation.controller.address

    assert (address.postcode, address.country) == ("00790", "NO")


def test_a_reason_can_be_given_instead_of_a_list(root):
    file = root / "content" / "registers" / "members.yaml"
    edit(
        file,
        "disclosures: [rowing-federation, accounting]",
        "disclosures: {not_applicable: Pysyvät meillä.}",
    )
    edit(
        root / "content" / "purposes.yaml", "    disclosures: [rowing-federation]\n", ""
    )

    members = register(read_content(root), "members")

    assert members.disclosures.not_applicable == "Pysyvät meillä."


def test_a_register_may_have_a_controller_of_its_own(root):
    file = root / "content" / "registers" / "members.yaml"
    file.write_text(file.read_text() + "controller:\n  name: Esimerkkiliitto ry\n")

    assert (
        register(read_content(root), "members").controller.name == "Esimerkkiliitto ry"
    )


def test_registers_come_in_the_order_of_the_notice(first):
    assert [each.id for each in first.registers][:2] == [
        "customer-marketing",
        "peili-profile",
    ]


def test_a_register_left_out_of_the_notice_is_a_draft(root):
    edit(root / "content" / "notice.yaml", "members, ", "")

    content = read_content(root)

    assert [each.id for each in content.drafts] == ["members"]
    assert "members" not in [each.id for each in content.registers]


def test_a_reference_to_an_entry_with_faults_is_not_a_fault_too(root):
    edit(
        root / "content" / "purposes.yaml",
        "name: {fi: jäsenluettelon pitäminen, ",
        "name: {",
    )

    (found,) = problem_reports(root)
    assert found.startswith("content/purposes.yaml:40:11: The text in language “fi”")


def test_problems_of_all_files_are_told_in_the_order_of_files_and_lines(root):
    edit(root / "content" / "sources.yaml", "from: the-person", "from: a-person")
    edit(root / "content" / "data.yaml", "id: name,", "id: Name,")

    found = problem_reports(root)

    assert found == sorted(found, key=lambda each: each.split(":")[0])
    assert found[0].startswith("content/data.yaml:2:10: “Name” is no id.")
    assert any("Did you mean “the-person”?" in each for each in found)


# ---------------------------------------------------------------- broken files


@pytest.mark.parametrize("name", OTHER_FILES)
def test_every_file_tells_what_is_wrong_with_it(smallest, name):
    path, text, expected = OTHER_FILES[name]
    (smallest / path).parent.mkdir(exist_ok=True)
    (smallest / path).write_text(text)

    assert f"{path}:{expected}" in problem_reports(smallest)


def test_a_file_with_hundreds_of_problems_tells_the_first_hundred(smallest):
    keys = "".join(f"key-{number}: x\n" for number in range(150))
    (smallest / REGISTER).write_text(GOOD + keys)

    lines = problem_reports(smallest)

    assert len(lines) == 101
    assert lines[-1].endswith(
        "There are 50 problems more in this file. Mend those above first."
    )


def test_a_page_that_is_no_text_is_told(smallest):
    page = smallest / "content/pages/cookies.fi.md"
    page.parent.mkdir()
    page.write_bytes("# Evästeet\n".encode("latin-1"))

    (line,) = problem_reports(smallest)

    assert line.startswith("content/pages/cookies.fi.md:1:5: Here begins a character")


def test_a_missing_file_is_told(smallest):
    (smallest / "content/notice.yaml").unlink()

    assert problem_reports(smallest) == [
        "content/notice.yaml:1:1: The file is missing. Create it; docs/content.md shows what belongs in it."
    ]


def test_a_file_in_place_of_a_folder_is_told(smallest):
    (smallest / "content/pages").write_text("")

    assert problem_reports(smallest) == [
        "content/pages:1:1: A file stands where a folder belongs. Move it away or rename it."
    ]


def test_a_name_that_cannot_be_shown_is_told(smallest):
    name = os.fsdecode(b"registers/j\xe4senet.yaml")
    (smallest / "content" / name).write_text(GOOD)

    assert problem_reports(smallest) == [
        "content/registers/j?senet.yaml:1:1: The name of the file has a character that cannot be shown. Rename the file."
    ]


@pytest.mark.parametrize("name", ["purposes", "data", "sources", "disclosures"])
def test_a_catalogue_without_entries_may_be_left_out(smallest, name):
    (smallest / f"content/{name}.yaml").unlink()

    assert getattr(read_content(smallest).catalogues, name) == ()


def test_problems_of_all_files_are_told_at_once(smallest):
    for path in FILES:
        with (smallest / path).open("a") as file:
            file.write("odd: key\n")

    assert {line.partition(":")[0] for line in problem_reports(smallest)} == set(FILES)
