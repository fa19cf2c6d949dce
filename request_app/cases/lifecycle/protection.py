"""Facts about a person that need special care: sealed, and never in the queue."""

from dataclasses import asdict, dataclass

from request_app.cases.action import Action
from request_app.store.cases import Case

FLAGS = "flags"  # the kind of the part that holds them


@dataclass(frozen=True, kw_only=True)
class Flags:
    """Two facts that change how a person is answered."""

    hidden_address: bool = False  # turvakielto: the address is never shown or printed
    minor: bool = False  # never answered to a guardian by itself (EDPB 01/2022 ¶83–87)


def put_flags(action: Action, case: Case, flags: Flags) -> None:
    """Seal the flags of a case; they replace the earlier ones."""
    action.put_part(case, FLAGS, asdict(flags))
