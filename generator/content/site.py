"""What is built and where: `site.yaml`."""

import re
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator

from generator.content import faults, values
from generator.content.base_model import ContentModel, optional
from generator.content.colours import READABLE, WHITE, colour, contrast
from generator.languages import N_


def _readable(value: str) -> str:
    ratio = contrast(value, WHITE)
    if ratio < READABLE:
        raise faults.new("too_pale", value=value, contrast=ratio)
    return value


def _picture(value: str) -> str:
    if not re.fullmatch(r"[^\W_][\w. -]*\.(svg|png)", value):
        raise ValueError(value)
    return value


def _base(value: str) -> str:
    if not value.startswith(("https://", "http://")):
        raise ValueError(value)
    return value.rstrip("/") + "/"


def _form(value: str) -> str:
    if not value.startswith(("https://", "http://", "/")) or value.startswith("//"):
        raise ValueError(value)
    return value.rstrip("/") + "/"


Accent = Annotated[
    str,
    BeforeValidator(_readable),
    values.of_text(colour, "not_a_colour"),
    values.string_schema("^#[0-9A-Fa-f]{6}$", "#0b5d66"),
]


BaseUrl = Annotated[
    values.WebAddress,
    values.of_text(_base, "not_a_web_address"),
    values.string_schema("^https?://", "https://www.example.fi/"),
]


class Theme(ContentModel):
    """The few tokens by which the site looks like the organisation’s own."""

    accent: Accent = Field(
        default="#0b5d66",
        description=N_("The colour of links and buttons; dark enough to read on white"),
    )
    logo: Annotated[values.Line, values.of_text(_picture, "not_an_image")] | None = (
        optional(N_("A picture (.svg or .png) beside site.yaml"))
    )
    radius: values.Count | None = optional(N_("How round corners are, in pixels"))


class Site(ContentModel):
    """The settings of the site."""

    languages: tuple[values.Line, ...] = Field(
        description=N_("The languages of the site; each text is needed in each of them")
    )
    default_language: values.Line = Field(
        description=N_("The language of the front page")
    )
    authoritative_language: values.Line | None = optional(
        N_("The language that holds if translations differ")
    )
    base_url: BaseUrl = Field(
        description=N_("The address at which the site is published")
    )
    request_form: (
        Annotated[
            str,
            values.of_text(_form, "not_a_web_address"),
            values.string_schema(r"^(https?:/)?/"),
        ]
        | None
    ) = optional(N_("The address of the request form; without it there are no buttons"))
    theme: Theme = Field(default=Theme(), description=N_("How the site looks"))

    @model_validator(mode="after")
    def _languages_are_known(self, info: ValidationInfo) -> Self:
        known = sorted(values.ReadingContext.of(info).known_languages)
        found: faults.Faults = []
        for place, language in enumerate(self.languages):
            if language not in known:
                error = faults.new("no_catalogue", value=language, known=known)
                found += faults.at(error, language, "languages", place)
        for key in ("default_language", "authoritative_language"):
            language = getattr(self, key)
            if language is not None and language not in self.languages:
                error = faults.not_among("not_a_choice", language, self.languages)
                found += faults.at(error, language, key)
        faults.refuse(found)
        return self
