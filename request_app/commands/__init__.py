"""The commands of operators and staff: `flask --app request_app …`."""

from flask import Flask

from request_app.commands import (
    auditing,
    backing_up,
    case_file,
    examining,
    reporting,
    sending,
    setting_up,
    staffing,
    trial,
)


def add_to(app: Flask) -> None:
    for command in (
        setting_up.init,
        setting_up.keys,
        case_file.cases,
        sending.work,
        staffing.staff,
        auditing.audit,
        backing_up.backup,
        backing_up.restore,
        examining.doctor,
        reporting.report,
        trial.serve,
    ):
        app.cli.add_command(command)
