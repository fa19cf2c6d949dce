"""The commands of operators and staff: `flask --app request_app …`."""

from flask import Flask

from request_app.commands import (
    audit_trail,
    backup,
    case_file,
    doctor,
    init,
    keys,
    report,
    serve,
    staff,
    work,
)


def add_to(app: Flask) -> None:
    for command in (
        init.init,
        keys.keys,
        case_file.cases,
        work.work,
        staff.staff,
        audit_trail.audit,
        backup.backup,
        backup.restore,
        doctor.doctor,
        report.report,
        serve.serve,
    ):
        app.cli.add_command(command)
