"""A mail goes to one address, written as mail servers write it."""

import pytest
from email_validator import EmailNotValidError

from request_app.outbox.mails import recipient_of


@pytest.mark.parametrize(
    "address",
    ["a@example.com, b@example.com", "a@example.com\r\nBcc: b@example.com", "a b@x.fi"],
)
def test_an_address_is_one_address(address):
    with pytest.raises(EmailNotValidError):
        recipient_of(address)


def test_a_name_of_a_host_is_written_as_servers_write_it():
    assert recipient_of("a@ääkkönen.example.com") == "a@xn--kknen-fraa0m.example.com"
