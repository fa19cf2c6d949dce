"""A PostgreSQL of the tests' own: one cluster, a unix socket, no network, no trace."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Ordinary tests need no disk: it is the program that is tested here, not PostgreSQL.
FAST = ("fsync=off", "full_page_writes=off", "shared_buffers=32MB")
SERVER = "postgres"


def programs() -> Path | None:
    """The newest server installed; Debian keeps its programs off the path."""
    installed = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    newest = max(installed, key=lambda path: int(path.parts[-3]), default=None)
    on_path = shutil.which("postgres")
    found = newest or (Path(on_path) if on_path else None)
    return found.parent if found else None


@contextmanager
def cluster(bin_folder: Path) -> Iterator["Cluster"]:
    """A running cluster in the temporary folder, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="seloste-pg-"))
    running = Cluster(bin_folder, folder)
    try:
        running.create()
        running.start()
        yield running
    finally:
        running.stop()
        shutil.rmtree(folder, ignore_errors=True)


class Cluster:
    def __init__(self, bin_folder: Path, folder: Path) -> None:
        self.bin_folder = bin_folder
        self.folder = folder

    def url(self, database: str) -> str:
        return f"postgresql://{SERVER}@/{database}?host={self.folder}"

    def create(self) -> None:
        if os.geteuid() == 0:  # the server refuses to run as root
            shutil.chown(self.folder, SERVER)
        self._run(
            "initdb", "-U", SERVER, "-A", "trust", "-E", "UTF8", "--no-locale", "-N"
        )

    def start(self) -> None:
        settings = ("listen_addresses=", f"unix_socket_directories={self.folder}")
        options = " ".join(f"-c {setting}" for setting in (*settings, *FAST))
        self._run("pg_ctl", "start", "-w", "-o", options, "-l", f"{self.folder}/log")

    def stop(self) -> None:
        """Pull the plug: what was committed must come back."""
        if (self.folder / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "-m", "immediate", "-w")

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self.bin_folder / program, "-D", self.folder, *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
            user=SERVER if os.geteuid() == 0 else None,
        )
