"""The first files of an organisation are read, built and checked as they are."""

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.content.reader import read_content
from generator.languages import available
from generator.starter import LANGUAGES, REGISTER
from tests.conftest import CHECKOUT

OURS = ["--name", "Väinön 'Apu' ry", "--languages", "fi,en", "--base-url", "a.fi/s"]


def run(*args, **more):
    return CliRunner(env={"LANG": "C"}).invoke(main, [str(a) for a in args], **more)


@pytest.mark.parametrize("languages", ["fi", "en", "fi,en", "en, fi"])
def test_the_first_files_are_read_built_and_checked(tmp_path, languages):
    begun = run("init", tmp_path, *OURS, "--languages", languages)
    built = run("build", "--root", tmp_path)
    checked = run("check", "--root", tmp_path)

    assert [each.exit_code for each in (begun, built, checked)] == [0, 0, 0]
    assert "controller-contact" in checked.output
    assert "data-protection-requests" in checked.output
    content = read_content(tmp_path)
    assert content.organisation.controller.name == "Väinön 'Apu' ry"
    assert content.site.base_url == "https://a.fi/s/"


def test_what_no_option_tells_is_asked_until_it_will_do(tmp_path):
    result = run("init", tmp_path, input="Apu ry\nfi, se\nfi\nhttps://a.fi\n")

    assert result.exit_code == 0
    assert "no texts in language “se”. It has them in: fi, en." in result.output
    assert read_content(tmp_path).site.languages == ("fi",)


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        pytest.param(["--name", " "], "The text is empty", id="no name"),
        pytest.param(["--languages", "xx"], "no texts in language “xx”", id="language"),
        pytest.param(["--base-url", "a b"], "“a b” is no web address", id="address"),
    ],
)
def test_an_option_that_will_not_do_is_told(tmp_path, option, expected):
    result = run("init", tmp_path / "ours", *OURS, *option)

    assert (result.exit_code, expected in result.stderr) == (2, True)
    assert not (tmp_path / "ours").exists()


def test_content_that_is_there_is_left_alone(root):
    result = run("init", root, *OURS)

    assert result.exit_code == 2
    assert "is there already. Give an empty folder." in result.stderr


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()

    result = run("init", tmp_path / "file" / "ours", *OURS)

    assert "cannot be written to. Give another folder." in result.stderr


def test_the_register_tells_what_ours_tells(tmp_path, first):
    run("init", tmp_path, *OURS)
    (register,) = read_content(tmp_path).registers

    assert (CHECKOUT / REGISTER).is_file()
    assert register == first.register(register.id)


def test_the_first_files_have_the_languages_of_the_product():
    assert set(LANGUAGES) == available()
