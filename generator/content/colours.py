"""Colours and their contrast, by WCAG 2.2."""

import re

READABLE = 4.5  # to 1: WCAG 2.2, success criterion 1.4.3
COMFORTABLE = 7.0  # to 1: 1.4.6
WHITE = "#ffffff"

_FORM = re.compile("#[0-9a-f]{6}")


def colour(value: str) -> str:
    """Accept `#rrggbb`; raise ValueError for anything else."""
    if not _FORM.fullmatch(value.lower()):
        raise ValueError(value)
    return value.lower()


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def comfortable_on(background: str, wanted: str) -> str:
    """Lighten a colour until text in it can be read on a dark background."""
    shade = wanted
    while contrast(shade, background) < COMFORTABLE:
        shade = _lighter(shade)
    return shade


def _lighter(shade: str) -> str:
    return "#" + "".join(f"{c + -(-(255 - c) // 8):02x}" for c in _channels(shade))


def _luminance(shade: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(shade))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - WCAG's formula


def _channels(shade: str) -> tuple[int, int, int]:
    return int(shade[1:3], 16), int(shade[3:5], 16), int(shade[5:7], 16)
