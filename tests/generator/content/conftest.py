import pytest

from tests.support.smallest_organisation import write


@pytest.fixture
def smallest(tmp_path):
    """The smallest organisation, for a test to break."""
    return write(tmp_path / "organisation")
