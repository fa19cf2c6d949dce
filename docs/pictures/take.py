"""Takes the pictures of the documents anew: `python docs/pictures/take.py`.

They show the fictional organisation of tests/content, in Debian's chromium.
"""

import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from generator.content.reader import read_content
from generator.languages import tool_messages
from generator.pages import pages
from generator.serve import Preview, server

HERE = Path(__file__).parent
SAMPLE = HERE.parent.parent / "tests" / "content"
PICTURES = {  # page, width, height, and how far down
    "front": ("", 1280, 960, 0),
    "front-english": ("en/", 1280, 960, 0),
    "register-phone": ("registers/members/", 390, 960, 0),
    "register-table": ("en/registers/members/", 1280, 760, 480),
    "rights": ("rights/", 1280, 960, 0),
}
SLIPS = (
    ("data.yaml", "{fi: Nimi, en: Name}", "{fi:Nimi, en: Name}"),
    ("controller.yaml", "1234567-1", "1234567-2"),
    ("registers/members.yaml", "[membership-form, ", "[membership-from, "),
)


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        with served(SAMPLE) as address:
            for name, (path, width, height, down) in PICTURES.items():
                take(browser, address + path, name, width, height, down)
        with served(with_everyday_slips()) as address:
            take(browser, address, "problems", 1000, 430)
        browser.close()


@contextmanager
def served(root: Path) -> Iterator[str]:
    preview = Preview(root, lambda place: dict(pages(read_content(place))))
    with server(preview, tool_messages("en"), port=0) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()


def with_everyday_slips() -> Path:
    root = Path(tempfile.mkdtemp()) / "organisation"
    shutil.copytree(SAMPLE, root)
    for path, right, wrong in SLIPS:
        file = root / "content" / path
        file.write_text(file.read_text().replace(right, wrong, 1))
    return root


def take(  # noqa: PLR0913, PLR0917 - a picture has a place, a name and a frame
    browser: Browser, address: str, name: str, width: int, height: int, down: int = 0
) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(address)
    page.evaluate(f"scrollTo(0, {down})")
    page.screenshot(path=HERE / f"{name}.png")
    page.close()


if __name__ == "__main__":
    main()
