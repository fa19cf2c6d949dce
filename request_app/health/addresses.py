"""The addresses of form and desk: with https, and by allowed host names."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from request_app.health.findings import Finding, fault, good, warning
from request_app.published import Edition
from request_app.settings import Settings

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
UNSET_MAIL = "localhost.localdomain"


def form_address(settings: Settings, edition: Edition | None) -> str:
    """The address of the form, from the settings or the notice."""
    if edition is None:
        return settings.form_url
    site = edition.content.site
    return urljoin(site.base_url, settings.form_url or site.request_form or "")


def insecure(settings: Settings, *addresses: str) -> list[str]:
    """The addresses without https, each as a sentence."""
    if settings.insecure_http:
        return []
    return [
        f"{address} is without https: what people write could be read on its way. "
        "Give an https address, or set SELOSTE_INSECURE_HTTP=yes where that is meant."
        for address in addresses
        if urlsplit(address).scheme == "http"
        and urlsplit(address).hostname not in LOOPBACK
    ]


def examine(settings: Settings, edition: Edition | None) -> Iterator[Finding]:
    form = form_address(settings, edition)
    faults = insecure(settings, form, settings.desk_url)
    yield from (fault("address", says) for says in faults)
    if settings.insecure_http:
        yield warning("address", "SELOSTE_INSECURE_HTTP=yes lets pages go unprotected.")
    elif not faults:
        yield good("address", f"The form is at {form or '(no address)'}.")
    yield from _hosts("SELOSTE_HOSTS", settings.hosts, form)
    yield from _hosts("SELOSTE_DESK_HOSTS", settings.desk_hosts, settings.desk_url)
    if settings.mail_domain == UNSET_MAIL:
        yield warning(
            "mail",
            "SELOSTE_MAIL_FROM is not set: mails come from an address that is none.",
        )


def _hosts(name: str, hosts: tuple[str, ...], address: str) -> Iterator[Finding]:
    host = urlsplit(address).hostname
    if host and host not in hosts:
        yield fault("hosts", f"{name} does not have {host}: pages there are refused.")
    elif host:
        yield good("hosts", f"{name} has {host}.")
