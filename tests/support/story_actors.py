"""Who acts in the stories: the club's desk and a person, each in a real browser.

Methods are named as the work is. A button that does not do what it should stops the
story with what the page says.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

from generator.languages import catalogue
from request_app.cases.notice.plan import place_name
from request_app.deadlines import HELSINKI
from request_app.outbox.post import post_to
from request_app.outbox.worker import work
from request_app.sealing.keyfiles import read_keyring
from request_app.web.services import NAME, now
from tests.support.browser_walk import LANGUAGES
from tests.support.example_case import kept_of
from tests.support.mail_server import mail_server
from tests.support.post_office import worker_of
from tests.support.staff_accounts import hire, sign_in_quickly

WHILE = timedelta(seconds=20)  # who fills in a form faster is taken for a machine
PROMPT = re.compile(r"⟦[^⟧]*⟧")


@dataclass(frozen=True)
class Letter:
    """A mail as it arrived."""

    to: str
    text: str


class Club:
    """The club at work in one language: its form, its desk, its post and its calendar."""

    def __init__(self, *, content, language, form, desk, keys, clock, browser):
        self.content, self.language = content, language
        self.form, self.form_address = form
        self.desk, self.desk_address = desk
        self.keys, self.clock, self.browser = keys, clock, browser
        self.account = hire(self.desk, language=language)

    def either(self, finnish, english):
        return finnish if self.language == "fi" else english

    def say(self, text):
        return catalogue(self.language).gettext(text)

    def on(self, day, hour=10):
        """Let it be this day, at this hour in Helsinki."""
        moment = datetime.fromisoformat(day).replace(hour=hour, tzinfo=HELSINKI)
        self.clock.move_to(moment.astimezone(UTC))

    def page(self):
        page = self.browser.new_context().new_page()
        page.set_default_timeout(10_000)
        return page

    def brings(self, address):
        """Let the worker send what waits to a real mail server; the one mail to this."""
        [mail] = [each for each in self.sends_its_mail() if each.to == address]
        return mail

    def sends_its_mail(self):
        engine, ring = self.desk.extensions[NAME].engine, read_keyring(self.keys)
        with mail_server() as box:
            work(worker_of(engine, ring, post_to(box.address), self.content), now=now)
        return [
            Letter(
                to=each.rcpt_tos[0],
                text=message_from_bytes(
                    each.content, policy=policy.default
                ).get_content(),
            )
            for each in box.envelopes
        ]


class Actor:
    """Somebody at a browser."""

    def __init__(self, club):
        self.club, self.page = club, club.page()

    def press(self, button, status=200):
        """Press a button of the page; tell what the page says if it did not go."""
        with self.page.expect_navigation() as gone:
            self.page.click(f"main {button}")
        assert gone.value.status == status, self.says()

    def says(self):
        """The words of the page."""
        return self.page.inner_text("main")

    def told(self, label):
        """The answer of a list of terms to a label in English."""
        label = self.club.say(label)
        return self.page.inner_text(f"dt:text-is('{label}') + dd >> nth=0")

    def fills(self, **fields):
        for name, value in fields.items():
            self.page.fill(f"main [name='{name}']", value)

    def checks(self, name, value):
        self.page.check(f"main [name='{name}'][value='{value}']")


def chooses_means(page, means):
    """The way an answer goes; those that fit less are folded."""
    if not page.is_visible(f"[name=means][value={means}]"):
        page.click(".means summary")
    page.check(f"[name=means][value={means}]")


class Person(Actor):
    """Who asks, with the access code of the receipt."""

    @property
    def start(self):
        return self.club.form_address + LANGUAGES[self.club.language]

    def asks(self, *rights, registers=(), items=(), email=None, post=None, **fields):
        """From the form to the receipt."""
        self.page.goto(self.start)
        for right in rights:
            self.checks("rights", right)
        if registers:
            self.checks("scope", "some")
        for register in registers:
            self.checks("registers", register)
        self.press("[value=details]")
        for number, item in enumerate(items):
            if number:
                self.press("[value=add]")
            for name, text in zip(("now", "right"), item, strict=True):
                self.page.fill(f"#items-{number}-{name}", text)
        for way, name, value in (("email", "email", email), ("letter", "post", post)):
            if value:
                self.checks("reach", way)
                fields[name] = value
        self.fills(**fields)
        self.press("[value=check]")
        self.club.clock.shift(WHILE)
        self.press("[value=send]")
        self.reference, self.code = self.told("Reference"), self.told("Access code")

    def looks(self):
        """What the access code shows."""
        self.page.goto(f"{self.start}status/")
        self.fills(code=self.code)
        self.press("form#request .button")
        return self.says()

    def fetches(self, delivery="", access="", status=200):
        """The answer, with both codes or what there is of them."""
        self.page.goto(f"{self.start}answer/")
        self.fills(delivery=delivery, access=access)
        self.press("[value=open]", status)
        return self.says()

    def saves(self, name):
        """A file of the answer."""
        with self.page.expect_download() as saved:
            self.page.click(f"li:has-text('{name}') button[name=file]")
        assert saved.value.suggested_filename == name
        return Path(saved.value.path()).read_bytes()

    def replies_by(self, letter, answer):
        """Open the link of a mail that asks who asks, and answer."""
        link = re.search(r"/(request/\S*identity/\w+/)", letter.text)[1]
        self.page.goto(self.club.form_address + link)
        self.press(f"[value={answer}]")


class Desk(Actor):
    """A member of staff, signed in, with one request before them."""

    def comes(self):
        """Sign in anew, as every morning."""
        self.page.context.clear_cookies()
        token = sign_in_quickly(self.club.desk, self.club.account)
        address = self.club.desk_address
        cookie = {"name": "seloste", "value": token, "url": address}
        self.page.context.add_cookies([cookie])

    def opens(self, reference):
        self.reference = reference
        self.looks()

    def looks(self, path=""):
        """Go to a page of the request."""
        self.page.goto(f"{self.club.desk_address}cases/{self.reference}/{path}")
        return self.says()

    def enters(self, *rights, registers=(), items=(), **fields):
        """A request that came by letter."""
        self.page.goto(f"{self.club.desk_address}enter")
        for right in rights:
            self.checks("rights", right)
        for number, item in enumerate(items):
            for name, text in zip(("now", "right"), item, strict=True):
                self.page.fill(f"#items-{number}-{name}", text)
        if registers:
            self.checks("scope", "some")
        for register in registers:
            self.checks("registers", register)
        self.checks("channel", "letter")
        self.checks("reply_language", self.club.language)
        self.fills(**fields)
        self.press(".button[value=enter]")
        self.reference = self.told("Reference")

    def takes(self):
        self.press(".next .button")

    def says_no_doubt(self):
        self.looks("identity")
        self.press(".button[value=no-doubt]")

    def asks_at(self, address, doubt):
        """Ask who asks, by a mail to an address of the register."""
        self.looks("identity/ask")
        self.fills(doubt=doubt)
        self.checks("method", "confirmed")
        self.press(".button[value=draft]")
        self.fills(email=address)
        self.press(".button[value=send]")

    def asks_by_letter_who_it_is(self, doubt, facts):
        self.looks("identity/ask")
        self.fills(doubt=doubt)
        self.checks("method", "known-facts")
        self.fills(facts=facts)
        self.checks("way", "letter")
        self.press(".button[value=draft]")
        self.press(".button[value=send]")

    def knows_by(self, method, checked):
        self._knows(method, checked=checked)

    def extends(self, reason, facts):
        """As far as the law lets."""
        self.looks("extend")
        self.checks("reason", reason)
        self.fills(facts=facts)
        self.checks("way", "letter")
        self.press(".button[value=draft]")
        self.press(".button[value=send]")

    def searches(self, *found, **elsewhere):
        """Data were found in these registers and other places, and nowhere else."""
        self.looks("search")
        places = self._places()
        for register in self.club.content.registers:
            number = places.get(self._called(register.id))
            result = "found" if register.id in found else "nothing"
            if number is not None:
                self.checks(f"result_{number}", result)
        for place, what in elsewhere.items():
            number = places[self._called(place)]
            self.checks(f"result_{number}", "found")
            self.fills(**{f"what_{number}": what})
        self.page.check("main [name=rest]")
        self._saves()

    def _places(self):
        """The numbers of the places to search, by what they are called."""
        labels = self.page.locator("fieldset.place legend").all_inner_texts()
        return {label: number for number, label in enumerate(labels)}

    def _called(self, place):
        kept = kept_of(self.club.content)
        return place_name(place, kept, self.club.language)

    def parts(self, right, part):
        """Decide on a part of a register by itself (`members.2`)."""
        self.looks(f"decide/{right}")
        self.press(f"[value='part:{part.replace('.', '#')}']")

    def decides(self, right, group, outcome, *, ground=None, save=True, **fields):
        """What becomes of a group of data; several are saved together."""
        if f"/decide/{right}" not in self.page.url:
            self.looks(f"decide/{right}")
        self.checks(f"{group}-outcome", outcome)
        if ground:
            self.page.select_option(f"[name='{group}-ground']", ground)
        self.fills(**{f"{group}-{name}": text for name, text in fields.items()})
        if save:
            self._saves()

    def decides_all(self, right, outcome, *groups, **fields):
        for each in groups:
            self.decides(right, each, outcome, save=each == groups[-1], **fields)

    def settles_recipients(self, *got, without=(), on=""):
        """Who got the data, and when they were told of the change."""
        self.looks("recipients")
        for each in got:
            self.checks(f"{each}-got", "yes")
            if on:
                self.fills(**{f"{each}-told_on": on})
        for each in without:
            self.checks(f"{each}-got", "no")
        self._saves()

    def writes_to(self, recipient, data):
        """Tell a recipient of the change by letter."""
        self.looks(f"recipients/{recipient}/letter")
        self.fills(**{"change-1-data": data})
        self.press(".button[value=send]")

    def attaches(self, name, content):
        self.looks("answer")
        file = {"name": name, "mimeType": "text/csv", "buffer": content}
        self.page.set_input_files("#file", files=[file])
        self.press("[value=attach]")

    def tailors(self, *names):
        """Say whom the draft of Article 15 asks for: who they are, and that they got it."""
        self.looks("answer")
        gaps, asked = self.page.locator("input.gap"), self.page.locator("span.gap")
        assert gaps.count() == asked.count() == len(names), self.says()
        for number, name in enumerate(names):
            gaps.nth(number).fill(name)
            asked.nth(number).locator("[value=yes]").check()
        self.press(".second[value=save]")

    def sends(self, means, *, address=None, to=None):
        """The answer; return the delivery code where the desk gets to see it."""
        self.looks("answer")
        if self.page.locator("[name=others]").count():
            self.checks("others", "none")
        chooses_means(self.page, means)
        if address:
            self.checks("address", "other")
            self.fills(email=address)
        if to:
            self.fills(to=to)
        self.press(".button[value=send]")
        if means == "email":
            return None
        return self.page.inner_text("p > .code")

    def closes(self):
        self.looks("close")
        self.press("form.step .button")

    def _knows(self, method, **fields):
        self.looks("identity")
        self.checks("method", method)
        self.fills(**fields)
        self._saves()

    def _saves(self):
        self.press(".button[value=save]")
        assert self.club.say("Saved.") in self.says()
