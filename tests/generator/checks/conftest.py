import pytest

from tests.support.editable_organisation import EditableOrganisation


@pytest.fixture
def organisation(tmp_path):
    return EditableOrganisation(tmp_path / "organisation")
