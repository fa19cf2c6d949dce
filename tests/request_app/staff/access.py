"""Who may open what: every page of the desk, and the least role it asks for.

A new page gets a line here. `anyone` are the pages on the way in; `+` means that the
password must have been given within ten minutes.
"""

ACCESS = {
    "healthz": "outside",
    "desk.file": "outside",
    "desk.sign_in": "anyone",
    "desk.first_password": "anyone",
    "desk.second_factor": "anyone",
    "desk.enrol": "anyone",
    "desk.sign_out": "anyone",
    "desk.prove": "viewer",
    "desk.start": "viewer",
    "desk.find_case": "viewer",
    "desk.release": "handler",
    "desk.enter_request": "handler",
    "desk.people": "handler",
    "desk.flags": "handler",
    "desk.name": "handler",
    "desk.links": "handler",
    "desk.unlink": "handler",
    "desk.case": "viewer",
    "desk.letter": "viewer",
    "desk.read": "handler",
    "desk.write": "handler",
    "desk.take": "handler",
    "desk.give": "handler",
    "desk.rights": "handler",
    "desk.note": "handler",
    "desk.close": "handler",
    "desk.hold": "handler",
    "desk.reopen": "handler",
    "desk.identity": "handler",
    "desk.ask_identity": "handler",
    "desk.mandate": "handler",
    "desk.report": "viewer",
    "desk.report_csv": "viewer",
    "desk.own_account": "viewer",
    "desk.end_session": "viewer",
    "desk.other_password": "viewer",
    "desk.language": "viewer",
    "desk.recovery_codes": "viewer+",
    "desk.other_authenticator": "viewer+",
}

# What stands in an address in the place of its variables; a reference is that of a case.
VALUES = {
    "year": 2026,
    "name": "desk.css",
    "session_id": "0" * 32,
    "letter_id": "0" * 32,
}
