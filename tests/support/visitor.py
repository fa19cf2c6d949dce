"""A person with a browser that has no scripts and keeps no cookies."""

from bs4 import BeautifulSoup
from werkzeug.datastructures import MultiDict


class Page:
    """An answer of the form, and what its main form would send."""

    def __init__(self, client, response):
        self.client = client
        self.response = response
        self.status = response.status_code
        self.soup = BeautifulSoup(response.text, "html.parser")
        self.fields = MultiDict(_fields(self.soup.find(id="request")))

    @property
    def title(self):
        return self.soup.h1.get_text(" ", strip=True)

    @property
    def words(self):
        return " ".join(self.soup.get_text(" ").split())

    def told(self, label):
        """The answer that a list of terms gives to a label."""
        terms = {dt.get_text(): dt for dt in self.soup.find_all("dt")}
        return terms[label].find_next("dd").get_text()

    @property
    def faults(self):
        return [link.get_text() for link in self.soup.select(".faults a")]

    def fill(self, **values):
        for name, value in values.items():
            listed = isinstance(value, (list, tuple))
            self.fields.setlist(name, list(value) if listed else [value])
        return self

    def press(self, button, address=None):
        """Send the form by one of its buttons."""
        form = self.soup.find(id="request")
        data = MultiDict(self.fields)
        data["go"] = button
        return Page(self.client, self.client.post(address or form["action"], data=data))


def visit(client, address="/request/"):
    return Page(client, client.get(address))


def filled(client, address="/request/", **values):
    """Go to the last page before a request is sent."""
    answers = {
        "name": "Testi Testinen",
        "reach": "email",
        "email": "testi.testinen@example.com",
    }
    first = visit(client, address)
    first.fill(rights=values.pop("rights", ["access"]))
    return first.press("details").fill(**answers | values).press("check")


def sent(client, address="/request/", **values):
    return filled(client, address, **values).press("send")


def _fields(form):
    for each in form.find_all(["input", "textarea"]) if form else ():
        kind = each.get("type")
        if kind in {"checkbox", "radio"} and not each.has_attr("checked"):
            continue
        if each.name == "textarea":
            yield each["name"], each.get_text().removeprefix("\n")
        else:
            yield each["name"], each.get("value", "")
