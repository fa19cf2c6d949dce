"""A mistake in YAML is explained in words of its author, not of the parser."""

import pytest

from tests.support.broken_input import YAML_MISTAKES
from tests.support.problem_reports import problem_reports
from tests.support.smallest_organisation import REGISTER


@pytest.mark.parametrize("name", YAML_MISTAKES)
def test_a_mistake_is_explained(smallest, name):
    text, expected = YAML_MISTAKES[name]
    with (smallest / REGISTER).open("a") as register:
        register.write(text)

    assert f"{REGISTER}:{expected}" in problem_reports(smallest)
