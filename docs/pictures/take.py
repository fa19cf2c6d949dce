"""Takes the pictures of the documents anew: `python docs/pictures/take.py`.

They show the fictional organisation of tests/content, in Debian's chromium.
"""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from generator.build import publish
from generator.content.problems import ContentError
from generator.content.reader import read_content
from generator.languages import tool_messages
from generator.pages import pages
from generator.serve import page_of_problems

HERE = Path(__file__).parent
SAMPLE = HERE.parent.parent / "tests" / "content"
SLIPS = (
    ("data.yaml", "{fi: Nimi, en: Name}", "{fi:Nimi, en: Name}"),
    ("controller.yaml", "1234567-1", "1234567-2"),
    ("registers/members.yaml", "[membership-form, ", "[membership-from, "),
)
PICTURES = {
    "front": ("index.html", 1280, 960),
    "front-english": ("en/index.html", 1280, 960),
    "register-phone": ("registers/members/index.html", 390, 960),
    "rights": ("rights/index.html", 1280, 960),
}


def main() -> None:
    site = Path(tempfile.mkdtemp()) / "site"
    publish(pages(read_content(SAMPLE)), site)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for name, (path, width, height) in PICTURES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto((site / path).as_uri())
            page.screenshot(path=HERE / f"{name}.png")
        page = browser.new_page(viewport={"width": 1000, "height": 430})
        page.set_content(a_page_of_problems())
        page.screenshot(path=HERE / "problems.png")
        browser.close()


def a_page_of_problems() -> str:
    """Show what an author sees while something is wrong: three everyday slips."""
    root = Path(tempfile.mkdtemp()) / "organisation"
    shutil.copytree(SAMPLE, root)
    for path, right, wrong in SLIPS:
        file = root / "content" / path
        file.write_text(file.read_text().replace(right, wrong, 1))
    try:
        read_content(root)
    except ContentError as error:
        return page_of_problems(error.problems, tool_messages("en")).decode()
    raise RuntimeError("the slips are no slips any more")


if __name__ == "__main__":
    main()
