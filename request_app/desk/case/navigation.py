"""The names of the tasks of a case, and the page for each."""

from collections.abc import Mapping
from typing import NamedTuple

from flask import current_app, request, url_for

from generator.languages import N_
from request_app.cases.lifecycle.next_steps import Item, Task, TaskStanding, next_of
from request_app.desk.shell.labels import RIGHTS


class Says(NamedTuple):
    """A task in the words of staff, who need not know the law."""

    short: str  # where all the things stand in a row
    what: str
    how: str  # a sentence about it
    button: str


SAYS: Mapping[Task, Says] = {
    Task.LATE: Says(
        N_("Late"),
        N_("Tell the person that the answer is late"),
        N_("The last day is over. Say by when the answer comes, and why it is late."),
        N_("Write to the person"),
    ),
    Task.NEWS: Says(
        N_("Messages"),
        N_("Read the new message"),
        N_("The person has written. Read it and mark it as read."),
        N_("Go to the messages"),
    ),
    Task.TAKE: Says(
        N_("Take"),
        N_("Take the case"),
        N_("Nobody is responsible for this request yet. Who takes it answers it."),
        N_("I take this case"),
    ),
    Task.WHICH_RIGHT: Says(
        N_("What is asked"),
        N_("Find out what is asked for"),
        N_("Read the request in the person’s favour. If it stays unclear, ask."),
        N_("Settle what is asked for"),
    ),
    Task.CANCELLED: Says(
        N_("Close"),
        N_("Close the case: the person cancelled"),
        N_("The person wants no answer any more. Have a look, then close the case."),
        N_("Close the case"),
    ),
    Task.RESTRICT: Says(
        N_("Restrict"),
        N_("Keep the data and do not use them"),
        N_(
            "The person asks that the data are not used until this is settled. Mark "
            "the data, and note here that it is done."
        ),
        N_("Restrict the use"),
    ),
    Task.IDENTITY: Says(
        N_("Who asks"),
        N_("Make sure that the request is the person’s own"),
        N_("Often there is no doubt; then this is one click. Ask only if you doubt."),
        N_("Note how you know"),
    ),
    Task.MANDATE: Says(
        N_("Mandate"),
        N_("Make sure that they may act for the other person"),
        N_("Look at what shows it, and note what you saw. Keep no copy."),
        N_("Note what you saw"),
    ),
    Task.SCOPE: Says(
        N_("Which data"),
        N_("Note the answer: which data"),
        N_("You have asked which data are meant. Go on with what is clear meanwhile."),
        N_("Note the answer"),
    ),
    Task.SEARCH: Says(
        N_("Search"),
        N_("Search for the person’s data"),
        N_("Go through the places one by one, and note what you find."),
        N_("To the places"),
    ),
    Task.EXTEND: Says(
        N_("More time"),
        N_("If you need more time, tell now"),
        N_(
            "More time is possible only for some reasons, and only before the last day."
        ),
        N_("See whether it is possible"),
    ),
    Task.DECIDE: Says(
        N_("Decide"),
        N_("Decide what to do"),
        N_("Say for each group of data what you do, and why if something is not done."),
        N_("Decide"),
    ),
    Task.RECIPIENTS: Says(
        N_("Recipients"),
        N_("Tell those who received the data"),
        N_("They must know what was corrected, erased or restricted."),
        N_("To the recipients"),
    ),
    Task.ANSWER: Says(
        N_("Answer"),
        N_("Write and send the answer"),
        N_("The draft is made of what you decided. Read it through before it goes."),
        N_("To the answer"),
    ),
    Task.FETCH: Says(
        N_("Delivery"),
        N_("See that the answer reaches the person"),
        N_("Not fetched is not delivered. If nothing happens, deliver another way."),
        N_("To the delivery"),
    ),
    Task.LIFT: Says(
        N_("End the restriction"),
        N_("End the restriction"),
        N_("Tell the person first, then use the data again."),
        N_("End the restriction"),
    ),
    Task.CLOSE: Says(
        N_("Close"),
        N_("Close the case"),
        N_("Everything is done. After closing, the times of storage begin to run."),
        N_("Close the case"),
    ),
}

# The page where each is done; `#` is a place on the page of the case itself.
PAGES: Mapping[Task, str] = {
    Task.LATE: "desk.late",
    Task.NEWS: "#messages",
    Task.TAKE: "desk.take",
    Task.WHICH_RIGHT: "desk.rights",
    Task.CANCELLED: "desk.close",
    Task.RESTRICT: "desk.restriction",
    Task.IDENTITY: "desk.identity",
    Task.MANDATE: "desk.mandate",
    Task.SCOPE: "desk.answered",
    Task.SEARCH: "desk.search",
    Task.EXTEND: "desk.extend",
    Task.DECIDE: "desk.decide",
    Task.RECIPIENTS: "desk.recipients",
    Task.ANSWER: "desk.answer",
    Task.FETCH: "desk.delivery",
    Task.LIFT: "desk.restriction",
    Task.CLOSE: "desk.close",
}

# Pages on the way through one of those, which lead on like it.
BESIDE = frozenset({"desk.letter_to"})

STANDINGS: Mapping[TaskStanding, str] = {
    TaskStanding.DONE: N_("Done"),
    TaskStanding.NOW: N_("To do"),
    TaskStanding.WAITING: N_("Waits for the person"),
    TaskStanding.LATER: N_("Later"),
    TaskStanding.MAY: N_("If needed"),
}


class StageLink(NamedTuple):
    """A task in the row at the top of a case’s pages."""

    words: str
    right: str | None  # in words, where it is about one of several
    standing: TaskStanding
    page: str | None
    is_here: bool


def stages(items: list[Item], reference: str) -> list[StageLink]:
    """The tasks in a row, with the current page marked."""
    many = sum(item.right is not None for item in items) > 1
    there = [item for item in items if page_of(item, reference) == request.path]
    here = next_of(there) or next(iter(there), None)  # some share a page
    return [
        StageLink(
            words=SAYS[item.task].short,
            right=RIGHTS[item.right] if item.right and many else None,
            standing=item.standing,
            page=page_of(item, reference),
            is_here=item is here,
        )
        for item in items
    ]


def page_of(item: Item, reference: str) -> str | None:
    """The address of the page for a task, or none if there is no such page."""
    page = PAGES[item.task]
    if page.startswith("#"):
        return page
    if not is_there(page):
        return None
    if item.task is Task.DECIDE and item.right:
        return url_for(page, reference=reference, right=item.right.value)
    return url_for(page, reference=reference)


def is_there(endpoint: str) -> bool:
    return endpoint in current_app.view_functions
