"""Running the worker, once or in a loop."""

from threading import Event

import click
from flask.cli import with_appcontext

from generator.content.problems import ContentError
from request_app.cases.records.deletion import Deleter, check
from request_app.commands.desk_keys import desk_settings
from request_app.commands.failure import exit_on_failure, fail
from request_app.health.database import unknown_schema
from request_app.logs import log_error
from request_app.outbox import digest, form_check, mails, post
from request_app.outbox.worker import Worker, work as work_once
from request_app.public import services
from request_app.sealing import SealingError, keyfiles
from request_app.store.database import StoreError

SECONDS_BETWEEN = 20.0


@click.command()
@click.option("--once", "mode", flag_value="once", help="Do what is due, and end.")
@click.option("--loop", "mode", flag_value="loop", help="Go on until stopped.")
@with_appcontext
def work(mode: str | None) -> None:
    """Send the mails that wait, and delete what is due.

    Run it on the desk's side, with the private key.
    """
    if mode is None:
        raise click.UsageError("Say --once or --loop.")
    with exit_on_failure():
        if says := unknown_schema(services.current().engine):
            fail(says)
        check(services.current().published)
        worker = worker_of(services.current())
        if mode == "once":
            click.echo(f"Mails sent: {work_once(worker, now=services.now)}")
        else:
            loop(worker, Event())


def loop(worker: Worker, stop: Event, *, seconds: float = SECONDS_BETWEEN) -> None:
    """Work in a loop that survives a missing database or notice until it is back."""
    while not stop.is_set():
        try:
            work_once(worker, now=services.now)
        except (StoreError, ContentError, SealingError) as error:
            log_error("worker", error)
        stop.wait(seconds)


def _sender_of(app_services: services.FormServices) -> mails.MailSender:
    """The sender of mails, from the current notice."""
    settings, edition = app_services.settings, app_services.published.edition()
    return mails.MailSender(
        content=edition.content, address=settings.mail_from, form_url=settings.form_url
    )


def worker_of(app_services: services.FormServices) -> Worker:
    settings = app_services.settings
    return Worker(
        engine=app_services.engine,
        settings=desk_settings(app_services),
        secret=keyfiles.read_desk_secret(settings.desk_keys),
        post=post.post_to(settings.smtp),
        sender=lambda: _sender_of(app_services),
        edition=app_services.published.edition,
        deleter=Deleter(
            engine=app_services.engine, settings=desk_settings(app_services)
        ),
        team=team_of(app_services),
    )


def team_of(app_services: services.FormServices) -> digest.Team | None:
    """Who gets the daily digest; nobody if no address is set."""
    settings = app_services.settings
    if not settings.team:
        return None
    return digest.Team(
        addresses=settings.team,
        hour=settings.digest_hour,
        settings=app_services.case_settings(),
        day_limit=settings.day_limit,
        desk_url=settings.desk_url,
        answers=form_check.answers if settings.check_form else None,
    )
