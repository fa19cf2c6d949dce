"""The file of a case on the terminal."""

from tests.support.visitor import filled


def test_what_a_visitor_wrote_cannot_steer_the_terminal(client, run):
    page = filled(client, text="a\u200bb\u001b]0;x\u0007")
    reference = page.press("send").told("Viite")

    done = run("cases", "file", reference.lower())

    assert done.exit_code == 0
    assert "\x1b" not in done.output


def test_a_case_that_is_not_there_is_told(run):
    done = run("cases", "file", "2345-6789")

    assert done.exit_code == 2
    assert done.output == "There is no case 2345-6789.\n"
