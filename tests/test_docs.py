"""What docs/content.md and docs/checks.md tell authors is true."""

import re
import runpy

import pytest
import yaml

from generator.content.problems import ContentError
from generator.content.reader import read_content
from generator.languages import tool_messages
from generator.schema import FILE_KINDS
from tests.conftest import CHECKOUT, edit

PAGE = (CHECKOUT / "docs" / "content.md").read_text()
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
HEADINGS = {
    re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
    for heading in re.findall(r"^#+ (.*)$", PAGE, re.MULTILINE)
}


def test_the_reference_is_that_of_the_model():
    made = runpy.run_path(str(CHECKOUT / "docs" / "reference.py"))["page"]()

    assert made == PAGE, "run make docs"


def test_the_page_on_the_checks_is_made_from_the_rules():
    made = runpy.run_path(str(CHECKOUT / "docs" / "rules.py"))["page"]()

    assert made == (CHECKOUT / "docs" / "checks.md").read_text(), "run make docs"


def test_every_kind_of_file_has_its_section():
    assert all(f"\n### {kind.path}\n" in PAGE for kind in FILE_KINDS.values())


def test_links_within_the_page_lead_somewhere():
    assert set(re.findall(r"\(#([^)]+)\)", PAGE)) - HEADINGS == set()


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_examples_are_good_yaml(example):
    assert yaml.safe_load(example) or example.startswith("# yaml-language-server")


def test_what_the_page_tells_to_add_can_be_added(root):
    edit(root / "content/notice.yaml", "registers: [", "registers: [boat-hire, ")
    for example in EXAMPLES:
        if match := re.match(r"# (content/\S+)\n", example):
            with (root / match[1]).open("a") as file:
                file.write(example)

    content = read_content(root)

    assert content.registers[0].id == "boat-hire"
    assert content.catalogues.purposes[-1].id == "boat-hire"


def test_the_worked_example_is_what_the_build_says(root):
    file = root / "content/registers/members.yaml"
    edit(file, "sources: [membership-form,", "sources: [membership-from,")

    with pytest.raises(ContentError) as error:
        read_content(root)

    (problem,) = error.value.problems
    assert problem.line_of_report(tool_messages("en")) in PAGE


def test_the_list_of_files_is_complete(root):
    (tree,) = re.findall(r"```\n(site\.yaml.*?)```", PAGE, re.DOTALL)
    named = {line.split()[0] for line in tree.splitlines() if "  " in line}

    assert {file.name for file in (root / "content").glob("*.yaml")} <= named
