"""Takes the pictures of the documents anew: `python docs/pictures/take.py`.

They show the fictional organisation of tests/content, in Debian's chromium.
"""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from generator.build import publish
from generator.content.reader import read_content
from generator.pages import pages

HERE = Path(__file__).parent
PICTURES = {
    "front": ("index.html", 1280, 960),
    "front-english": ("en/index.html", 1280, 960),
    "register-phone": ("registers/members/index.html", 390, 960),
    "rights": ("rights/index.html", 1280, 960),
}


def main() -> None:
    site = Path(tempfile.mkdtemp()) / "site"
    publish(pages(read_content(HERE.parent.parent / "tests" / "content")), site)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for name, (path, width, height) in PICTURES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto((site / path).as_uri())
            page.screenshot(path=HERE / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
