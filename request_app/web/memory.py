"""Keeping HTTP requests in memory, so that they are never on a disk in plain text."""

from io import BytesIO
from typing import IO

from flask import Request


class InMemoryRequest(Request):
    """A request without the temporary files that Werkzeug writes for long ones."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        del total_content_length, content_type, filename, content_length
        return BytesIO()
