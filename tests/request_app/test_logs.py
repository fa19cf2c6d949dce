"""A line of the log is JSON and has no field beyond the list."""

import json

from request_app.logs import LOGGER, OneLine


def test_a_log_line_is_json_and_holds_the_fields_of_the_list_only():
    given = {"status": 200, "name": "Testi\r\nTestinen"}
    record = LOGGER.makeRecord(
        "seloste", 20, "", 0, "request\r\nx", (), None, extra={"fields": given}
    )
    line = OneLine().format(record)

    assert "\n" not in line
    assert json.loads(line)["status"] == 200
    assert "Testi" not in line
