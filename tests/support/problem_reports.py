"""What an author reads when the content cannot be read."""

import pytest

from generator.content.problems import ContentError
from generator.content.reader import read_content
from generator.languages import tool_messages

ENGLISH, FINNISH = tool_messages("en"), tool_messages("fi")


def problem_reports(root) -> list[str]:
    """Read the content, and return a line for each problem."""
    with pytest.raises(ContentError) as error:
        read_content(root)
    problems = error.value.problems
    for problem in problems:
        assert problem.message(FINNISH) != problem.message(ENGLISH)
    return [problem.line_of_report(ENGLISH) for problem in problems]
