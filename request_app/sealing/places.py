"""The places of all envelopes. They are sealed in: changing a name opens none."""

from request_app.sealing.envelopes import Place


def part(row: str) -> Place:
    return Place("sealed_parts", "envelope", row)


def message_for_desk(row: str) -> Place:
    return Place("messages", "for_desk", row)


def message_for_person(row: str) -> Place:
    return Place("messages", "for_person", row)


def mail_address(row: str) -> Place:
    return Place("outbox", "address", row)


def step_words(row: str) -> Place:
    return Place("steps", "sealed", row)


def step_values(row: str) -> Place:
    return Place("steps", "sealed_values", row)


def letter(row: str) -> Place:
    return Place("letters", "sealed", row)


def package_key_for_desk(row: str) -> Place:
    return Place("packages", "key_for_desk", row)


def package_key_for_person(row: str) -> Place:
    return Place("deliveries", "key_for_person", row)


def file_name(row: str) -> Place:
    return Place("package_files", "name", row)


def file_content(row: str) -> Place:
    return Place("package_files", "content", row)


def totp_secret(row: str) -> Place:
    return Place("accounts", "totp_secret", row)
