"""A real mail server on this machine that keeps what it gets."""

import socket
from contextlib import contextmanager

from aiosmtpd.controller import Controller


class Box:
    """What arrived, and what the server is told to answer."""

    def __init__(self, port):
        self.address = f"smtp://127.0.0.1:{port}"
        self.envelopes = []
        self.answers = {}

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if "RCPT" in self.answers:
            return self.answers["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self.envelopes.append(envelope)
        return self.answers.get("DATA", "250 OK")


@contextmanager
def mail_server():
    box = Box(free_port())
    port = int(box.address.rpartition(":")[2])
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield box
    server.stop()


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]
