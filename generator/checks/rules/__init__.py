"""The rules of the check, a module for each subject."""

from generator.checks.registry import NOTICE_RULES, REGISTER_RULES, Rule

# Importing a module registers its rules; docs/checks.md has them in this order.
# fmt: off
# isort: off
from generator.checks.rules import (  # noqa: F401
    required_elements, purposes_and_bases, translations, recipients, transfers, sources,
    contact_ways, maintenance, requests_register, wording,
)
# isort: on
# fmt: on


def all_rules() -> list[Rule]:
    notice, register = NOTICE_RULES, REGISTER_RULES
    elements: list[Rule] = [*notice.elements, *register.elements]
    return [*elements, *notice.qualities, *register.qualities]
