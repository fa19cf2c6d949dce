"""Taking a case, and handing it over."""

from tests.support.desk_cases import again
from tests.support.desk_steps import address, here, step


def test_a_case_is_given_to_a_colleague(desk, case, take, staff_client, show):
    staff_client("handler", name="eino")
    choices = show("give").soup.select("[name=handler]")
    labels = {each.find_next("label").get_text(): each["value"] for each in choices}
    assert set(labels) == {"aino", "eino"}
    assert take("give", handler=labels["eino"]).status == 303

    assert again(desk, case).handler_id == labels["eino"]
    assert take("take").status == 303  # and taken over again
    assert again(desk, case).handler_id == labels["aino"]


def test_a_suspect_can_only_be_let_in(desk, staff_client):
    suspect = here(desk, suspicion="trap")
    browser = staff_client("handler", "en")
    page = browser.open(address(suspect))

    assert "A field was filled that people do not see." in page.words
    button = page.soup.select_one(".next button")
    assert button.get_text() == "Let it into the queue"
    refused = step(desk, browser, suspect, "take")
    assert refused.status == 409
    assert "Let it in first." in refused.words
