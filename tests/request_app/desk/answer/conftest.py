import pytest


@pytest.fixture
def handler(staff_client):
    return staff_client("handler")
