"""The places where envelopes lie: a column of a table, and the row by its id."""

from request_app.sealing.envelopes import Place


def part(row: str) -> Place:
    return Place("sealed_parts", "envelope", row)


def message_for_desk(row: str) -> Place:
    return Place("messages", "for_desk", row)


def message_for_person(row: str) -> Place:
    return Place("messages", "for_person", row)


def mail_address(row: str) -> Place:
    return Place("outbox", "address", row)
