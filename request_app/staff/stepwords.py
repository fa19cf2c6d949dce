"""What each step is called where it is told in a line that it was taken."""

from collections.abc import Mapping

from generator.languages import N_
from request_app.staff import wording

STEPS: Mapping[str, str] = {
    "taken": N_("A case handler took the request"),
    "rights-settled": N_("It was settled what is asked for"),
    "identity-settled": N_("It was settled who asks"),
    "identity-denied": N_("Somebody says that the request is not theirs"),
    "mandate-settled": N_("The right to act for another was noted"),
    "asked": N_("The person was asked something"),
    "answered": N_("The person replied to a question"),
    "extended": N_("The time was extended"),
    "searched": N_("A place was searched"),
    "decided": N_("A decision was noted"),
    "undecided": N_("A decision was taken back"),
    "recipient-settled": N_("A recipient was dealt with"),
    "restriction-set": N_("The use of the data was restricted"),
    "restriction-end-told": N_("The person was told of the end of the restriction"),
    "restriction-lifted": N_("The restriction was lifted"),
    "late-told": N_("The person was told that the answer is late"),
    "delivered": N_("The answer was sent"),
    "reached": N_("The answer reached the person"),
    "closed": N_("The request was closed"),
    "reopened": N_("The request was reopened"),
    "noted": N_("A note was written"),
}

# What every template about a case may say.
SAID: Mapping[str, object] = {"step_names": STEPS, "rights": wording.RIGHTS}
