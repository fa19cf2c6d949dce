"""A form without limits of size, which the tests compare with the real one."""

from flask import Flask

import request_app


def create_app() -> Flask:
    app = request_app.create_app()
    app.config.update(MAX_CONTENT_LENGTH=None, MAX_FORM_MEMORY_SIZE=None)
    return app
