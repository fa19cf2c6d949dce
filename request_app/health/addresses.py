"""The addresses at which people meet form and desk: with https, by their own names."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from request_app.health.findings import Finding, fault, good, warning
from request_app.published import Edition
from request_app.settings import Settings

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
UNSET_MAIL = "localhost.localdomain"


def form_address(settings: Settings, edition: Edition | None) -> str:
    """Where the form is, as far as settings and notice tell."""
    if edition is None:
        return settings.form_url
    site = edition.content.site
    return urljoin(site.base_url, settings.form_url or site.request_form or "")


def insecure(settings: Settings, *addresses: str) -> list[str]:
    """The addresses whose pages could be read on their way."""
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
