"""The style sheets in the colours of the organisation, and its logo."""

from pathlib import Path

from generator.content import colours, reader
from generator.resources import TEMPLATES

DARK = "#15191c"  # the background in dark mode, as in base.css


def stylesheet(content: reader.Content, name: str = "base.css") -> bytes:
    """Return a style sheet in the colours of the organisation."""
    theme = content.site.theme
    tokens = {
        "accent": theme.accent,
        "accent_in_dark": colours.comfortable_on(DARK, theme.accent),
        "radius": theme.radius or 0,
        "dark": DARK,
    }
    source = (TEMPLATES / "static" / name).read_text()
    for token, value in tokens.items():
        source = source.replace(f"{{{{ {token} }}}}", str(value))
    return source.encode()


def logo(content: reader.Content) -> bytes:
    return (content.root / str(content.site.theme.logo)).read_bytes()


def logo_path(content: reader.Content) -> str:
    return f"static/logo{Path(content.site.theme.logo or '').suffix}"
