"""What a person is asked, in what words, and which questions belong to which right."""

from wtforms import BooleanField, FieldList, Form, FormField

from generator.languages import N_
from request_app.store.values import Right
from request_app.web.fields import Choice, Choices, Hidden, Line, Lines

MOST_ITEMS = 10
ALL, SOME = "all", "some"
OWN = "own"
EMAIL, LETTER, PHONE = "email", "letter", "phone"

OTHER_OR_UNKNOWN = N_("Something else or I don’t know")
FIRST_PAGE = ("rights", "scope", "registers")

# What else is asked of those who ask for this.
DETAILS: dict[Right, tuple[str, ...]] = {
    Right.ACCESS: ("access_data", "access_period", "access_form"),
    Right.RECTIFICATION: ("items", "rectify_restrict"),
    Right.ERASURE: ("erasure_data",),
    Right.RESTRICTION: ("restrict_data", "restrict_why"),
    Right.PORTABILITY: ("portability_to",),
    Right.OBJECTION: ("object_data", "object_why", "object_restrict"),
    Right.MARKETING: ("marketing_where",),
    Right.WITHDRAWAL: ("consent_what",),
    Right.HUMAN_REVIEW: ("review_what",),
    Right.OTHER: (),
}


class Item(Form):
    """One thing to correct."""

    now = Lines(
        N_("The data now"), description=N_("Word for word, if you know."), default=""
    )
    right = Lines(N_("The data as they should be"), default="")
    why = Lines(N_("Why? (optional)"), default="")

    @property
    def is_empty(self) -> bool:
        return not any(self.data.values())


class FirstQuestions:
    """The first page: what is asked, and of which data."""

    rights = Choices(
        N_("What do you want to ask for?"),
        description=N_(
            "You can choose several. "
            "If unsure, choose “Something else or I don’t know”."
        ),
    )
    scope = Choice(N_("Which data do you mean?"), default=ALL)
    registers = Choices(N_("Registers"))
    stamp = Hidden()
    website = Line(N_("Leave this field empty"), default="")  # people do not see it


class FurtherQuestions:
    """The second page: the details, and how to reach the person."""

    access_data = Lines(
        N_("Which data? (optional)"),
        description=N_("If you leave this empty, you get everything."),
        default="",
    )
    access_period = Line(
        N_("Only a certain period? (optional)"),
        description=N_("For example: the year 2025."),
        default="",
    )
    access_form = Choice(
        N_("In what form do you want the data?"),
        choices={"electronic": N_("Electronically"), "paper": N_("On paper")},
        default="electronic",
    )
    items = FieldList(
        FormField(Item), N_("What is wrong"), min_entries=1, max_entries=MOST_ITEMS
    )
    rectify_restrict = BooleanField(
        N_("Do not use this data until you have checked it.")
    )
    erasure_data = Lines(
        N_("Which data? (optional)"),
        description=N_("If you leave this empty, you mean all the data."),
        default="",
    )
    restrict_data = Lines(N_("Which data?"), default="")
    restrict_why = Lines(N_("Why? (optional)"), default="")
    portability_to = Lines(
        N_("Do you want the data sent straight to someone else? (optional)"),
        description=N_(
            "Write to whom. If you leave this empty, you get the data yourself."
        ),
        default="",
    )
    object_data = Lines(
        N_("Which data? (optional)"),
        description=N_("If you leave this empty, you mean all the data."),
        default="",
    )
    object_why = Lines(
        N_("Why do you object? (optional)"),
        description=N_("Tell us as much about your situation as you wish."),
        default="",
    )
    object_restrict = BooleanField(
        N_("Do not use my data until you have checked this.")
    )
    marketing_where = Lines(
        N_("Where does the marketing come to?"),
        description=N_("E-mail address, phone number or postal address."),
        default="",
    )
    consent_what = Lines(
        N_("What did you consent to? (optional)"),
        description=N_("For example a newsletter."),
        default="",
    )
    review_what = Lines(
        N_("Which decision do you mean?"),
        default="",
    )
    text = Lines(
        N_("Describe your request in your own words (optional)"),
        description=N_(
            "Do not write a personal identity code, health data or passwords. "
            "Say only what is necessary about other people."
        ),
        default="",
    )
    whose = Choice(
        N_("Whose data is this about?"),
        choices={
            OWN: N_("Mine"),
            "child": N_("A child in my custody"),
            "guardian": N_("A person whose guardian I am"),
            "authorised": N_("Someone who has authorised me"),
        },
        default=OWN,
    )
    whose_name = Line(
        N_("Their name"),
        description=N_(
            "No identity code or date of birth. "
            "Do not send a power of attorney now: we ask for it if needed."
        ),
        default="",
    )
    name = Line(
        N_("Your name"),
        description=N_("If it has changed, give the former one too."),
        default="",
    )
    reach = Choice(
        N_("How can we reach you?"),
        description=N_("One way is enough."),
        choices={
            EMAIL: N_("By e-mail"),
            LETTER: N_("By letter"),
            PHONE: N_("By phone"),
        },
    )
    email = Line(
        N_("E-mail address"),
        description=N_(
            "Preferably the one we already have. "
            "Do not use one that your employer or anyone else reads."
        ),
        default="",
    )
    post = Lines(
        N_("Postal address"),
        description=N_(
            "If you have a non-disclosure order for personal safety, do not write "
            "your home address. Choose e-mail or phone, or give a P.O. box."
        ),
        default="",
    )
    phone = Line(
        N_("Phone number"),
        description=N_("We call only about this request."),
        default="",
    )
    known = Lines(
        N_("How might we know you? (optional)"),
        description=N_(
            "For example: I am a customer, took part in coaching, subscribed to the "
            "newsletter, work or worked for you. Add an organisation or year if you "
            "remember."
        ),
        default="",
    )
    reply_language = Choice(N_("In which language do you want the answer?"))
