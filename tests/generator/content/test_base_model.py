"""What does not fit the model is reported, once and at its place."""

import pytest

from tests.support.broken_input import FAULTY_VALUES, GOOD
from tests.support.problem_reports import problem_reports
from tests.support.smallest_organisation import REGISTER


@pytest.mark.parametrize("name", FAULTY_VALUES)
def test_what_does_not_fit_is_told(smallest, name):
    text, expected = FAULTY_VALUES[name]
    with (smallest / REGISTER).open("a") as register:
        register.write(text)

    assert problem_reports(smallest) == [f"{REGISTER}:{expected}"]


def test_an_id_that_is_refused_is_not_suggested(smallest):
    (smallest / "content/sources.yaml").write_text(
        "sources: [{id: Person, fi: a, en: b}]\n"
    )
    (smallest / REGISTER).write_text(GOOD + "sources: [person]\n")

    line, _ = problem_reports(smallest)

    assert "There is no “person” in sources.yaml. Write" in line


@pytest.mark.parametrize(
    "purposes",
    [
        pytest.param('purposes: [{id: "billing}]\n', id="unreadable"),
        pytest.param("purpose: [{id: billing, fi: a, en: b}]\n", id="misspelt key"),
        pytest.param("purposes: [{idd: billing, fi: a, en: b}]\n", id="no id"),
        pytest.param("purposes: {id: billing, fi: a, en: b}\n", id="no list"),
    ],
)
def test_a_slip_in_a_catalogue_is_not_told_of_those_who_use_it(smallest, purposes):
    (smallest / "content/purposes.yaml").write_text(purposes)
    (smallest / REGISTER).write_text(GOOD + "purposes: [billing]\n")

    assert {line.partition(":")[0] for line in problem_reports(smallest)} == {
        "content/purposes.yaml"
    }


def test_a_misspelt_name_of_a_catalogue_is_told_once(smallest):
    (smallest / "content/purposes.yaml").rename(smallest / "content/purpose.yaml")
    (smallest / REGISTER).write_text(GOOD + "purposes: [billing]\n")

    (line,) = problem_reports(smallest)

    assert "Did you mean “purposes.yaml”?" in line
