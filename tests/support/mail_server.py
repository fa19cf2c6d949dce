"""A real mail server on this machine that keeps what it gets."""

import os
import random
import socket
from contextlib import contextmanager, suppress

from aiosmtpd.controller import Controller

PROCESS = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 4
PORTS = range(10_000 + 5_000 * PROCESS, 15_000 + 5_000 * PROCESS)


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
    """One that nobody takes before it is used.

    The system itself gives out higher ones, and other processes that share the tests
    have ranges of their own.
    """
    while True:
        port = random.choice(PORTS)  # noqa: S311 - any will do
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
