import pytest

from tests.checks.organisation import Organisation


@pytest.fixture
def organisation(tmp_path):
    return Organisation(tmp_path / "organisation")
