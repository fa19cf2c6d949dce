"""Whatever the files become, reading them ends in content or in problems with a place.

Good files are changed at random; SELOSTE_EXAMPLES says how often.
"""

import os

from hypothesis import HealthCheck, example, given, settings

from generator.content.problems import ContentError
from generator.content.reader import read_content
from generator.languages import tool_messages
from tests.support.random_changes import EXAMPLES, FILES, changed, changed_file

SECONDS = 2


@settings(
    max_examples=EXAMPLES,
    deadline=SECONDS * 1000,
    derandomize="SELOSTE_EXAMPLES" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
@given(change=changed_file())
@example(change=("site.yaml", b"languages: [[fi]]"))
@example(change=("content/notice.yaml", b"\xff"))
def test_reading_ends_in_content_or_in_problems_with_a_place(copy_of_first, change):
    with changed(copy_of_first, *change):
        try:
            read_content(copy_of_first)
        except ContentError as error:
            problems = error.problems
        else:
            problems = None

    assert problems != []
    for problem in problems or []:
        tell(problem)


def tell(problem) -> None:
    """Show a problem as the command does: in either language, printable."""
    assert problem.path in FILES
    assert problem.line >= 1
    assert problem.column >= 1
    for language in ("en", "fi"):
        line = problem.line_of_report(tool_messages(language))
        line.encode()
        assert "\n" not in line
