"""A form that keeps nothing in memory, which the tests compare with the real one."""

from flask import Flask, Request

import request_app


def create_app() -> Flask:
    app = request_app.create_app()
    app.request_class = Request  # writes what is long to a temporary file
    app.config.update(MAX_CONTENT_LENGTH=None, MAX_FORM_MEMORY_SIZE=None)
    return app
