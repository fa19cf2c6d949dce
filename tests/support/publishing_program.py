"""A program that publishes, for tests that kill it, starve it or watch it.

python -m tests.support.publishing_program OUTPUT VERSION [VERSION …]
python -m tests.support.publishing_program OUTPUT --killed TIMES
"""

import os
import random
import resource
import signal
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from generator.publish import PublishError, publish

PAGES = 60


def pages(version: int) -> Iterator[tuple[str, bytes]]:
    """Make pages that each tell the version they belong to; some never change."""
    for number in range(PAGES - 2):
        text = f"{version}\n" + f"page {number} " * 50 * (number % 7)
        yield f"registers/r{number}/index.html", text.encode()
    yield "index.html", f"{version}\n".encode()
    yield "static/base.css", b"body { color: black }\n"


def version_at(site: Path) -> set[str]:
    """Tell the versions of all pages of the site as a reader finds it now."""
    build = site.parent / site.readlink()
    files = list(build.rglob("*.html"))
    complete = len(files) == PAGES - 1 and (build / "static/base.css").is_file()
    found = {file.read_text().partition("\n")[0] for file in files}
    return found if complete else {"incomplete"}


def publish_and_be_killed(site: Path, times: int) -> None:
    """Publish again and again in children that die at a random moment."""
    chance = random.Random(times)  # noqa: S311 - any moment is as good
    began = time.perf_counter()
    publish(pages(1), site)
    usual = time.perf_counter() - began
    died = 0
    for version in count(2):
        if not (child := os.fork()):
            # Without a handler, this signal ends a program on the spot, as a kill does.
            signal.setitimer(signal.ITIMER_REAL, chance.uniform(0.0005, usual))
            publish(pages(version), site)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        died += os.WIFSIGNALED(status)
        if died == times:
            return


def main(output: str, *arguments: str) -> None:
    site = Path(output)
    match arguments:
        case "--killed", times:
            publish_and_be_killed(site, int(times))
        case "--largest-file", size:
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), int(size)))
            publish(pages(2), site)
        case versions:
            for version in versions:
                publish(pages(int(version)), site)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except PublishError as error:
        sys.exit(str(error))
