"""The HTML validator finds nothing on any page."""

import pytest


@pytest.mark.parametrize("organisation", ["small_site", "first_site"])
def test_vnu_finds_nothing(request, tmp_path, vnu, organisation):
    for path, content in request.getfixturevalue(organisation).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)

    assert vnu(tmp_path) == ""


def test_vnu_would_find_a_picture_without_words(tmp_path, vnu):
    (tmp_path / "page.html").write_text("<!doctype html><img src='boat.png'>")

    assert "must have an “alt” attribute" in vnu(tmp_path)
