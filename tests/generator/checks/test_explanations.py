"""Every rule has a bad example that triggers it alone, and a good one that does not."""

import pytest

from generator.checks.explanations import explanations
from generator.checks.messages import MESSAGES
from generator.checks.rules import all_rules

BY_LOCK = {"translation-stale", "translation-unconfirmed"}  # see test_translations
EXAMPLES = {key: each for key, each in explanations().items() if key not in BY_LOCK}

each_example = pytest.mark.parametrize("name", EXAMPLES)


def test_every_rule_is_explained_and_nothing_else():
    assert set(explanations()) == {rule.id for rule in all_rules()}


def test_every_rule_has_a_name_of_its_own():
    names = [rule.id for rule in all_rules()]

    assert len(names) == len(set(names))


def test_every_message_belongs_to_a_rule():
    names = {rule.id for rule in all_rules()}

    assert {key.partition("/")[0] for key in MESSAGES} == names


def test_every_rule_is_a_sentence():
    assert all(rule.sentence.endswith(".") for rule in all_rules())


@each_example
def test_a_bad_example_triggers_its_rule_alone(organisation, name):
    example = EXAMPLES[name]
    for path, values in example.context.items():
        organisation.change(path, values)

    organisation.change(example.file, example.bad, without=example.without)

    assert organisation.rules() == [name]


@each_example
def test_a_good_example_triggers_nothing(organisation, name):
    example = EXAMPLES[name]
    for path, values in example.context.items():
        organisation.change(path, values)

    organisation.change(example.file, example.good)

    assert organisation.rules() == []
