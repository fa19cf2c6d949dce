import pytest
from argon2 import PasswordHasher

from request_app.auth import passwords


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch):
    """The real parameters cost 64 MiB and a tenth of a second for each password."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "HASHER", cheap)
