"""What authors type, made safe and readable."""

import pytest
from hypothesis import given, strategies as st

from generator.render import phone_link, rich, web_link


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param(
            "*a* **b**", "<p><em>a</em> <strong>b</strong></p>", id="emphasis"
        ),
        pytest.param("<script>x()</script>a", "<p>a</p>", id="script"),
        pytest.param("[a](javascript:x)", "<p><a>a</a></p>", id="javascript link"),
        pytest.param("[a](data:text/html,x)", "<p><a>a</a></p>", id="data link"),
        pytest.param('<a onclick="x()">a</a>', "<p><a>a</a></p>", id="event handler"),
        pytest.param("![a](https://b.example/c.png)", "<p></p>", id="tracking picture"),
        pytest.param('<p style="color:red">a</p>', "<p>a</p>", id="inline style"),
        pytest.param("# a", "a", id="a second main heading"),
        pytest.param("<iframe src='//b.example'></iframe>a", "<p>a</p>", id="frame"),
        pytest.param(
            "[a](https://b.example)",
            '<p><a href="https://b.example">a</a></p>',
            id="link",
        ),
    ],
)
def test_markdown_can_do_no_harm(typed, shown):
    assert rich(typed) == shown


@given(st.text(max_size=60))
def test_no_text_whatever_becomes_a_script(text):
    html = rich(f"<script {text} [x](javascript:{text}) <img onerror={text}>")

    assert "<script" not in html
    assert "<img" not in html


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("www.example.fi", "https://www.example.fi"),
        ("http://example.fi/a?b=c", "http://example.fi/a?b=c"),
        ("www.työ.example/ä", "https://www.xn--ty-gka.example/ä"),
        ("localhost.example:8000/x", "https://localhost.example:8000/x"),
    ],
)
def test_web_addresses_become_links(typed, link):
    assert web_link(typed) == link


def test_phone_links_hold_digits_only():
    assert phone_link("+358 (9) 123–456") == "tel:+3589123456"
