"""axe-core finds nothing on any page: both languages, light and dark, phone and desk."""

import json

import pytest

from tests.browser.conftest import NODE_MODULES
from tests.conftest import need

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def axe():
    script = NODE_MODULES / "axe-core" / "axe.min.js"
    need(script.is_file(), "axe-core (npm ci --prefix .ci)")
    return script


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("organisation", ["small_site", "first_site"])
def test_axe_finds_nothing(chromium, serve, axe, request, organisation, scheme, width):
    site = request.getfixturevalue(organisation)
    address = serve(site)
    page = chromium.new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    foreign = []
    page.on(
        "request", lambda each: each.url.startswith(address) or foreign.append(each.url)
    )

    for path in (each for each in site if each.endswith(".html")):
        page.goto(address + path)
        page.add_script_tag(path=axe)
        found = page.evaluate(f"axe.run({{runOnly: {json.dumps(TAGS)}}})")
        assert found["violations"] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path

    assert page.context.cookies() == []
    assert foreign == []
    page.close()
