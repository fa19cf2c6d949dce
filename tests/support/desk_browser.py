"""A member of staff with a browser that has no scripts: it keeps cookies, reads forms."""

from bs4 import BeautifulSoup
from werkzeug.datastructures import MultiDict

HTTPS = "https://localhost"


class Answer:
    """A page as it came, and the forms on it."""

    def __init__(self, response):
        self.response = response
        self.status = response.status_code
        self.soup = BeautifulSoup(response.text, "html.parser")

    @property
    def title(self):
        return self.soup.h1.get_text(" ", strip=True)

    @property
    def words(self):
        return " ".join(self.soup.main.get_text(" ").split())

    @property
    def faults(self):
        return [link.get_text() for link in self.soup.select(".faults a")]

    def told(self, label):
        """The answer that a list of terms gives to a label."""
        terms = {dt.get_text(): dt for dt in self.soup.find_all("dt")}
        return terms[label].find_next("dd").get_text()

    @property
    def location(self):
        return self.response.location


class Browser:
    """A test client over https that sends forms with what is hidden in them."""

    def __init__(self, app, cookie=None):
        self.app = app
        self.client = app.test_client()
        if cookie:
            self.cookie = cookie

    @property
    def cookie(self):
        held = self.client.get_cookie("__Host-seloste")
        return held and held.value

    @cookie.setter
    def cookie(self, value):
        self.client.set_cookie("__Host-seloste", value, secure=True)

    def open(self, address, **more):
        return Answer(self.client.get(address, base_url=HTTPS, **more))

    def token(self):
        """The hidden token of the page that is open to everyone with this cookie."""
        for address in ("/desk/account", "/desk/second-factor", "/desk/sign-in"):
            page = self.open(address)
            if found := page.soup.find("input", {"name": "csrf_token"}):
                return found["value"]
        return None

    def send(self, address, **fields):
        """Send a form to an address, with the token that such a page would have."""
        data = MultiDict({"csrf_token": self.token()})
        for name, value in fields.items():
            data.setlist(name, value if isinstance(value, list) else [value])
        return self.post(address, data=data)

    def post(self, address, **more):
        return Answer(self.client.post(address, base_url=HTTPS, **more))
