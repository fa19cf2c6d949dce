"""The schemas for editors say what the reader says."""

import json
import re
from functools import cache

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from generator.content.problems import ContentError
from generator.content.reader import read_content
from generator.schema import FILE_KINDS, schema_files
from tests.conftest import CHECKOUT, SMALL
from tests.support.broken_input import FAULTY_VALUES
from tests.support.random_changes import EXAMPLES, changed, changed_file
from tests.support.smallest_organisation import FILES, REGISTER, write


class EditorLoader(yaml.SafeLoader):
    """Reads plain words as editors do: by YAML 1.2, where dates are text."""

    yaml_implicit_resolvers = {}  # noqa: RUF012


for tag, form in (
    ("null", r"~|null|Null|NULL|"),
    ("bool", r"true|True|TRUE|false|False|FALSE"),
    ("int", r"[-+]?[0-9]+"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"),
):
    EditorLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^({form})$"), None
    )
EditorLoader.add_constructor(
    "tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node))
)


@cache
def validator(path: str) -> Draft202012Validator:
    name = next(
        name for name, kind in FILE_KINDS.items() if kind.path in (path, glob(path))
    )
    return Draft202012Validator(json.loads(dict(schema_files())[f"{name}.json"]))


def glob(path: str) -> str:
    return path.rpartition("/")[0] + "/*.yaml"


def faults(path: str, text: str) -> list[str]:
    document = yaml.load(text, Loader=EditorLoader)  # noqa: S506 - a safe one
    return [error.message for error in validator(path).iter_errors(document)]


def files_of(root):
    return [
        (root, str(file.relative_to(root)))
        for file in (root / "site.yaml", *sorted((root / "content").rglob("*.yaml")))
    ]


@pytest.mark.parametrize("name", [f"{kind}.json" for kind in FILE_KINDS])
def test_schema_and_model_are_equal(name):
    written = (CHECKOUT / "schema" / name).read_bytes()

    assert written == dict(schema_files())[name], "run make schema"


def test_no_other_schema_lies_about():
    names = {file.name for file in (CHECKOUT / "schema").iterdir()}

    assert names == set(dict(schema_files()))


@pytest.mark.parametrize("data", dict(schema_files()).values(), ids=FILE_KINDS)
def test_schemas_are_schemas(data):
    Draft202012Validator.check_schema(json.loads(data))


@pytest.mark.parametrize(("root", "path"), [*files_of(CHECKOUT), *files_of(SMALL)])
def test_content_of_this_repository_fits_the_schemas(root, path):
    assert faults(path, (root / path).read_text()) == []


@pytest.mark.parametrize(("root", "path"), files_of(CHECKOUT))
def test_files_name_their_schema_for_editors(root, path):
    first, *_ = (root / path).read_text().splitlines()
    reference = first.removeprefix("# yaml-language-server: $schema=")

    schema = (root / path).parent.joinpath(reference).resolve()
    assert schema.parent == (root / "schema").resolve()
    assert FILE_KINDS[schema.stem].path in (path, glob(path))


WIDER = """\
controller:
  name: 1900
  business_id: 2069704-4
  address: {postcode: 00790, town: true, country: NO}
  phone: 0407386194
contacts: [{id: true, name: 12:30}]
"""


def test_what_editors_take_for_a_number_is_allowed_where_text_is(tmp_path):
    root = write(tmp_path)
    (root / "content/controller.yaml").write_text(WIDER)

    assert read_content(root).organisation.controller.address.postcode == "00790"
    assert faults("content/controller.yaml", WIDER) == []


def test_a_quoted_truth_and_number_are_allowed():
    text = "retention: [{text: {fi: a, en: b}, days: '30'}]\nadopted: 'true'\n"

    assert faults(REGISTER, FILES[REGISTER] + text) == []


SEEN_BY_EDITORS = [
    "unknown key",
    "unknown key of a small group",
    "null",
    "empty list where absence is meant",
    "empty group",
    "id of something written on the spot",
    "misspelt language",
    "text without languages",
    "list within a text",
    "blank text",
    "text instead of a list",
    "group instead of a list",
    "group instead of a word",
    "not one of the choices",
    "neither true nor false",
    "no days",
    "unknown article",
    "bad country",
    "missing key",
]


@pytest.mark.parametrize("name", SEEN_BY_EDITORS)
def test_an_editor_marks_what_the_reader_refuses(name):
    assert faults(REGISTER, FILES[REGISTER] + FAULTY_VALUES[name][0]) != []


@settings(
    max_examples=EXAMPLES // 3,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(change=changed_file())
def test_an_editor_takes_what_the_reader_takes(copy_of_first, change):
    path, content = change
    with changed(copy_of_first, path, content):
        try:
            read_content(copy_of_first)
        except ContentError:
            return

    assert faults(path, content.decode()) == []


def words(node):
    """Yield every description of a schema."""
    if isinstance(node, dict):
        own = [node.get("description"), *node.get("enumDescriptions", [])]
        yield from (each for each in own if isinstance(each, str))
        for each in node.values():
            yield from words(each)
    elif isinstance(node, list):
        for each in node:
            yield from words(each)


@pytest.mark.parametrize("data", dict(schema_files()).values(), ids=FILE_KINDS)
def test_everything_is_described_in_both_languages(data):
    for text in words(json.loads(data)):
        finnish, _, english = text.partition("\n\n")
        assert finnish != english
        assert finnish
        assert english or text in {"Suomi", "Svenska", "English"}


def test_each_choice_has_a_meaning():
    text = b"".join(data for _, data in schema_files()).decode()

    assert text.count('"enum"') == text.count('"enumDescriptions"')
