"""The sentences of the answer, by right, outcome and kind of change."""

from collections.abc import Mapping

from generator.languages import N_
from request_app.cases.decision.recipients import Change
from request_app.cases.steps.facts import WhyNotTold
from request_app.store.values import Right

ASKED: Mapping[Right, str] = {
    Right.ACCESS: N_("to see your data"),
    Right.RECTIFICATION: N_("to have an error in your data corrected"),
    Right.ERASURE: N_("to have your data erased"),
    Right.RESTRICTION: N_("to have the use of your data restricted"),
    Right.PORTABILITY: N_("to get your data in a machine-readable form"),
    Right.OBJECTION: N_("to have the use of your data ended, because you object to it"),
    Right.MARKETING: N_("to have direct marketing stopped"),
    Right.WITHDRAWAL: N_("to withdraw your consent"),
    Right.HUMAN_REVIEW: N_("to have a person review an automated decision"),
    Right.OTHER: N_("something else, in your own words"),
}


ASKED_ALONE: Mapping[Right, str] = {
    Right.WITHDRAWAL: N_("You withdrew your consent on %(day)s."),
    Right.OTHER: N_("You wrote to us on %(day)s."),
}


IN_PART: Mapping[Right | None, str] = {
    Right.ACCESS: N_(
        "We do not give you everything. Below we tell what you get, what we left out "
        "and why."
    ),
    Right.RECTIFICATION: N_(
        "We did not correct everything. Below we tell what we corrected, what we left "
        "as it is and why."
    ),
    Right.ERASURE: N_(
        "We did not erase everything. Below we tell what we erased, what is left and "
        "why."
    ),
    None: N_(
        "We did a part of what you asked. Below we tell what we did, what we did not "
        "do and why."
    ),
}


DONE: Mapping[Right, str] = {
    Right.ACCESS: N_("You get your data as they were on %(day)s."),
    Right.RECTIFICATION: N_("We corrected the data on %(day)s."),
    Right.ERASURE: N_("We erased your data on %(day)s."),
    Right.RESTRICTION: N_("We restricted the use of your data on %(day)s."),
    Right.PORTABILITY: N_(
        "We gave you your data in a machine-readable form on %(day)s."
    ),
    Right.OBJECTION: N_(
        "We stopped on %(day)s the use of the data to which you objected."
    ),
    Right.MARKETING: N_("We stopped direct marketing to you on %(day)s."),
    Right.WITHDRAWAL: N_("We recorded on %(day)s that you withdrew your consent."),
    Right.HUMAN_REVIEW: N_("A person reviewed the decision on %(day)s."),
    Right.OTHER: N_("We dealt with the matter on %(day)s."),
}


AFTER: Mapping[Right, str] = {
    Right.RESTRICTION: N_("We tell you before the restriction ends."),
    Right.MARKETING: N_("This takes effect at once."),
    Right.WITHDRAWAL: N_(
        "This takes effect at once: we no longer use the data on the basis of your "
        "consent."
    ),
}


NOT_DONE_LEAD: Mapping[Right, str] = {
    Right.ACCESS: N_("We did not give you these data:"),
    Right.RECTIFICATION: N_("We did not correct these data:"),
    Right.ERASURE: N_("We did not erase these data:"),
    Right.RESTRICTION: N_("We did not restrict the use of these data:"),
    Right.PORTABILITY: N_("We did not give you these in a machine-readable form:"),
    Right.OBJECTION: N_("We did not stop the use of these data:"),
    Right.MARKETING: N_("We did not stop the use of these data:"),
    Right.WITHDRAWAL: N_("We did not stop the use of these data:"),
    Right.HUMAN_REVIEW: N_("We did not have a person review this:"),
    Right.OTHER: N_("We did not do this:"),
}


NOT_DONE_AT_ALL: Mapping[Right, str] = {
    Right.ACCESS: N_("We did not give you your data."),
    Right.RECTIFICATION: N_("We did not correct your data."),
    Right.ERASURE: N_("We did not erase your data."),
    Right.RESTRICTION: N_("We did not restrict the use of your data."),
    Right.PORTABILITY: N_("We did not give you your data in a machine-readable form."),
    Right.OBJECTION: N_("We did not stop the use of your data."),
    Right.MARKETING: N_("We did not stop the use of your data."),
    Right.WITHDRAWAL: N_("We did not stop the use of your data."),
    Right.HUMAN_REVIEW: N_("We did not have a person review the decision."),
    Right.OTHER: N_("We did not do what you asked."),
}


TOLD_OF: Mapping[Change | None, str] = {
    Change.CORRECTION: N_("We told of the correction:"),
    Change.ERASURE: N_("We told of the erasure:"),
    Change.RESTRICTION: N_("We told of the restriction:"),
    Change.STATEMENT: N_("We told of your statement:"),
    None: N_("We told of the changes:"),
}


NOBODY_TOLD: Mapping[Change | None, str] = {
    Change.CORRECTION: N_(
        "We have not given the data that we corrected to anyone, so there was nobody "
        "to tell of it."
    ),
    Change.ERASURE: N_(
        "We have not given the data that we erased to anyone, so there was nobody to "
        "tell of it."
    ),
    Change.RESTRICTION: N_(
        "We have not given the data that we restricted to anyone, so there was nobody "
        "to tell of it."
    ),
    None: N_(
        "We have not given the data that changed to anyone, so there was nobody to "
        "tell of it."
    ),
}


NOT_TOLD: Mapping[WhyNotTold, str] = {
    WhyNotTold.IMPOSSIBLE: N_("Not told: %(name)s. That was impossible."),
    WhyNotTold.DISPROPORTIONATE: N_(
        "Not told: %(name)s. That would have taken disproportionate effort."
    ),
}
