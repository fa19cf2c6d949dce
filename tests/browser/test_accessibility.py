"""axe-core finds nothing on any page: both languages, light, dark, phone and desk."""

import pytest


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
        assert axe(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path

    assert page.context.cookies() == []
    assert foreign == []
    page.close()


def test_axe_would_find_a_picture_without_words(chromium, axe):
    page = chromium.new_page()
    page.set_content("<img src='boat.png'>")

    assert "image-alt" in [each["id"] for each in axe(page)]
    page.close()
