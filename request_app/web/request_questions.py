"""The questions of a request, each with its wording for the person and for staff.

To add one, write it into its group and translate it: both forms, the receipts, the page
of a case and its file take it from here. Only a question about the person must also be
placed in the templates of the two forms.
"""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple, TypeVar

from wtforms import BooleanField, Field, FieldList, Form, FormField

from generator.languages import N_
from request_app.store.values import Right
from request_app.web.fields import Choice, Choices, Hidden, Line, Lines

MOST_ITEMS = 10
ALL, SOME = "all", "some"
OWN = "own"
EMAIL, LETTER, PHONE = "email", "letter", "phone"
WAYS = {"email": EMAIL, "post": LETTER, "phone": PHONE}  # by where it leads

FormClass = TypeVar("FormClass", bound=type[Any])


@dataclass(frozen=True)
class Wording:
    """The texts of a question for one kind of reader."""

    label: str
    hint: str = ""
    hint_of_some: str = ""  # in its place where only some registers are meant
    choices: Mapping[str, str] = field(default_factory=dict)
    missing: str = ""  # said where there is no answer, or one that was not offered


@dataclass(frozen=True)
class FormQuestion(Wording):
    """A question with its field and the person’s wording; `staff` may differ."""

    kind: Callable[..., Any] = Lines
    default: str | None = None
    staff: Wording | None = None

    def as_field(self, wording: Wording) -> Field:
        more = {"choices": wording.choices, "default": self.default}
        given = {name: value for name, value in more.items() if value}
        return self.kind(wording.label, description=wording.hint, **given)


Words = Mapping[str, Wording]  # by the names of the questions
Questions = Mapping[str, FormQuestion]


def asking(
    questions: Questions, words: Words, *, but: Container[str] = ()
) -> Callable[[FormClass], FormClass]:
    """Give a form these questions as its fields, in the words of who fills it in."""

    def given(form: FormClass) -> FormClass:
        for name, each in questions.items():
            if name not in but:
                setattr(form, name, each.as_field(words[name]))
        form.words = words
        return form

    return given


CORRECTION = {
    "now": FormQuestion(N_("The data now"), N_("Word for word, if you know.")),
    "right": FormQuestion(N_("The data as they should be")),
    "why": FormQuestion(N_("Why? (optional)")),
}


@asking(CORRECTION, CORRECTION)
class CorrectionForm(Form):
    """One item to rectify."""

    @property
    def is_empty(self) -> bool:
        return not any(self.data.values())


Corrections = partial(
    FieldList, FormField(CorrectionForm), min_entries=1, max_entries=MOST_ITEMS
)

# The first page: what is asked, and of which data.
WHAT = {
    "rights": FormQuestion(
        N_("What do you want to ask for?"),
        N_(
            "You can choose several. "
            "If unsure, choose “Something else or I don’t know”."
        ),
        missing=N_("Choose what you want to ask for."),
        kind=Choices,
        staff=Wording(
            N_("What is asked for?"),
            N_(
                "Choose all that the request holds. "
                "If it is unclear, choose “Something else”: it can be settled later."
            ),
            missing=N_("Choose what is asked for."),
        ),
    ),
    "scope": FormQuestion(
        N_("Which data do you mean?"),
        choices={ALL: N_("All my data"), SOME: N_("Only these registers:")},
        missing=N_("Choose which data you mean."),
        kind=Choice,
        default=ALL,
        staff=Wording(
            N_("Which data are meant?"),
            choices={
                ALL: N_("All data of the person"),
                SOME: N_("Only these registers:"),
            },
            missing=N_("Choose which data are meant."),
        ),
    ),
    "registers": FormQuestion(
        N_("Registers"),
        missing=N_("Choose the registers, or all your data."),
        kind=Choices,
        staff=Wording(
            N_("Registers"), missing=N_("Choose the registers, or all data.")
        ),
    ),
}
# Asked of the browser: when it was shown the form; and what only a program fills in.
OF_BROWSER = {
    "stamp": FormQuestion("", kind=Hidden),
    "website": FormQuestion(N_("Leave this field empty"), kind=Line),
}

ALL_DATA = N_("If you leave this empty, you mean all the data.")
ALL_DATA_OF_SOME = N_(
    "If you leave this empty, you mean all the data in the registers that you chose."
)
FORMATS = {"electronic": N_("Electronically"), "paper": N_("On paper")}
IF_NOT_ALL = Wording(N_("Which data, if not all?"))
REASON = Wording(N_("For what reason?"))

# What else is asked of those who ask for this.
DETAILS: Mapping[Right, Questions] = {
    Right.ACCESS: {
        "access_data": FormQuestion(
            N_("Which data? (optional)"),
            N_("If you leave this empty, you get everything."),
            N_(
                "If you leave this empty, you get everything in the registers that "
                "you chose."
            ),
            staff=IF_NOT_ALL,
        ),
        "access_period": FormQuestion(
            N_("Only a certain period? (optional)"),
            N_("For example: the year 2025."),
            kind=Line,
            staff=Wording(N_("Which period, if not all?")),
        ),
        "access_form": FormQuestion(
            N_("In what form do you want the data?"),
            choices=FORMATS,
            missing=N_("Choose in what form you want the data."),
            kind=Choice,
            default="electronic",
            staff=Wording(
                N_("In what form are the data wanted?"),
                choices=FORMATS,
                missing=N_("Choose in what form the data are wanted."),
            ),
        ),
    },
    Right.RECTIFICATION: {
        "items": FormQuestion(
            N_("What is wrong"),
            missing=N_("Write what should be corrected."),
            kind=Corrections,
        ),
        "rectify_restrict": FormQuestion(
            N_("Do not use this data until you have checked it."),
            kind=BooleanField,
            staff=Wording(
                N_("The data must not be used until they have been checked.")
            ),
        ),
    },
    Right.ERASURE: {
        "erasure_data": FormQuestion(
            N_("Which data? (optional)"), ALL_DATA, ALL_DATA_OF_SOME, staff=IF_NOT_ALL
        )
    },
    Right.RESTRICTION: {
        "restrict_data": FormQuestion(
            N_("Which data?"), missing=N_("Write which data you mean.")
        ),
        "restrict_why": FormQuestion(N_("Why? (optional)"), staff=REASON),
    },
    Right.PORTABILITY: {
        "portability_to": FormQuestion(
            N_("Do you want the data sent straight to someone else? (optional)"),
            N_("Write to whom. If you leave this empty, you get the data yourself."),
            staff=Wording(N_("To whom are the data to be sent, if not to the person?")),
        )
    },
    Right.OBJECTION: {
        "object_data": FormQuestion(
            N_("Which data? (optional)"), ALL_DATA, ALL_DATA_OF_SOME, staff=IF_NOT_ALL
        ),
        "object_why": FormQuestion(
            N_("Why do you object? (optional)"),
            N_("Tell us as much about your situation as you wish."),
            staff=REASON,
        ),
        "object_restrict": FormQuestion(
            N_("Do not use my data until you have checked this."),
            kind=BooleanField,
            staff=Wording(N_("The data must not be used until this has been checked.")),
        ),
    },
    Right.MARKETING: {
        "marketing_where": FormQuestion(
            N_("Where does the marketing come to?"),
            N_("E-mail address, phone number or postal address."),
            missing=N_("Write where the marketing comes to."),
        )
    },
    Right.WITHDRAWAL: {
        "consent_what": FormQuestion(
            N_("What did you consent to? (optional)"),
            N_("For example a newsletter."),
            staff=Wording(N_("Which consent is withdrawn?")),
        )
    },
    Right.HUMAN_REVIEW: {
        "review_what": FormQuestion(
            N_("Which decision do you mean?"), staff=Wording(N_("Which decision?"))
        )
    },
    Right.OTHER: {},
}

NOTHING_SECRET = N_(
    "Do not write a personal identity code, health data or passwords. "
    "Say only what is necessary about other people."
)
# Whatever is asked for.
TEXT = {
    "text": FormQuestion(
        N_("Describe your request in your own words (optional)"),
        NOTHING_SECRET,
        staff=Wording(N_("What was asked, in the person’s words"), NOTHING_SECRET),
    )
}

WHOSE = N_("Whose data is this about?")
NOT_WHOSE = N_("Choose whose data this is about.")
NO_ADDRESS = N_("Write the e-mail address in the form name@example.com.")
# Who asks, and how they are reached.
ABOUT_PERSON = {
    "whose": FormQuestion(
        WHOSE,
        choices={
            OWN: N_("Mine"),
            "child": N_("A child in my custody"),
            "guardian": N_("A person whose guardian I am"),
            "authorised": N_("Someone who has authorised me"),
        },
        missing=NOT_WHOSE,
        kind=Choice,
        default=OWN,
        staff=Wording(
            WHOSE,
            choices={
                OWN: N_("The person’s own"),
                "child": N_("A child in the person’s custody"),
                "guardian": N_("Somebody whose guardian the person is"),
                "authorised": N_("Somebody who has authorised the person"),
            },
            missing=NOT_WHOSE,
        ),
    ),
    "whose_name": FormQuestion(
        N_("Their name"),
        N_(
            "No identity code or date of birth. "
            "Do not send a power of attorney now: we ask for it if needed."
        ),
        missing=N_("Write the name of the person."),
        kind=Line,
        staff=Wording(
            N_("The name of the child or of that somebody"),
            missing=N_("Write whose data this is about, as far as it was told."),
        ),
    ),
    "name": FormQuestion(
        N_("Your name"),
        N_("If it has changed, give the former one too."),
        missing=N_("Write your name."),
        kind=Line,
        staff=Wording(
            N_("Name of who asks"), missing=N_("Write the name of who asks.")
        ),
    ),
    "reach": FormQuestion(
        N_("How can we reach you?"),
        N_("One way is enough."),
        choices={
            EMAIL: N_("By e-mail"),
            LETTER: N_("By letter"),
            PHONE: N_("By phone"),
        },
        missing=N_("Choose how we can reach you."),
        kind=Choice,
        staff=Wording(
            N_("How the person is reached"),
            choices={
                EMAIL: N_("E-mail"),
                LETTER: N_("Letter on paper"),
                PHONE: N_("Phone"),
            },
        ),
    ),
    "email": FormQuestion(
        N_("E-mail address"),
        N_(
            "Preferably the one we already have. "
            "Do not use one that your employer or anyone else reads."
        ),
        missing=NO_ADDRESS,
        kind=Line,
        staff=Wording(N_("E-mail address"), missing=NO_ADDRESS),
    ),
    "post": FormQuestion(
        N_("Postal address"),
        N_(
            "If you have a non-disclosure order for personal safety, do not write "
            "your home address. Choose e-mail or phone, or give a P.O. box."
        ),
        missing=N_("Write your postal address."),
        staff=Wording(N_("Postal address")),
    ),
    "phone": FormQuestion(
        N_("Phone number"),
        N_("We call only about this request."),
        missing=N_("Write your phone number in digits."),
        kind=Line,
        staff=Wording(
            N_("Phone number"), missing=N_("Write the phone number in digits.")
        ),
    ),
    "known": FormQuestion(
        N_("How might we know you? (optional)"),
        N_(
            "For example: I am a customer, took part in coaching, subscribed to the "
            "newsletter, work or worked for you. Add an organisation or year if you "
            "remember."
        ),
        staff=Wording(
            N_("How might we know the person?"),
            N_("For example a customer, a former employee, a subscriber."),
        ),
    ),
}
IN_WHICH_LANGUAGE = {
    "reply_language": FormQuestion(
        N_("In which language do you want the answer?"),
        kind=Choice,
        staff=Wording(N_("Language of the answer")),
    )
}

RIGHT_OF = {name: right for right, group in DETAILS.items() for name in group}
# All of them, in the order of the pages, which is that of the faults told there.
GROUPS = (WHAT, OF_BROWSER, *DETAILS.values(), TEXT, ABOUT_PERSON, IN_WHICH_LANGUAGE)
QUESTIONS = {name: each for group in GROUPS for name, each in group.items()}
PERSON_READS: Words = {**QUESTIONS, **CORRECTION}
STAFF_READ: Words = {
    name: each.staff or each for name, each in (QUESTIONS | CORRECTION).items()
}


class AnsweredQuestion(NamedTuple):
    """A question and its answer, in words."""

    label: str
    value: str


def answered(
    answers: Mapping[str, Any], words: Words, gettext: Callable[[str], str]
) -> Iterator[AnsweredQuestion]:
    """The answered questions in words; items to rectify one after the other.

    An answer whose question no longer exists is shown as stored.
    """
    for name, value in answers.items():
        if name == "items":
            for item in value:
                yield from answered(item, words, gettext)
        elif value:
            wording = words.get(name, Wording(name))
            yield AnsweredQuestion(
                gettext(wording.label), _shown(value, wording, gettext)
            )


def _shown(value: object, wording: Wording, gettext: Callable[[str], str]) -> str:
    if value is True:
        return gettext(N_("Yes"))
    text = str(value)
    return gettext(wording.choices[text]) if text in wording.choices else text
