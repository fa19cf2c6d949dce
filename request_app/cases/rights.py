"""The rights that go together: by what a case does, and by what it needs.

Each set stands here alone, so that what is asked of a right is asked everywhere.
"""

from request_app.store.values import AT_ONCE, Right

NEEDS_IDENTITY = frozenset(Right) - AT_ONCE - {Right.OTHER}
WAITS_FOR_IDENTITY = frozenset({Right.ERASURE, Right.RECTIFICATION})
# A change that recipients learn of: GDPR Art. 19.
CHANGES_DATA = frozenset({Right.RECTIFICATION, Right.ERASURE, Right.RESTRICTION})
# What is given with the answer: GDPR Art. 15(3), 20(1).
GIVES_DATA = frozenset({Right.ACCESS, Right.PORTABILITY})
# Each register, and each other place with data, needs a word of its own.
BY_REGISTER = frozenset(
    {
        Right.ACCESS,
        Right.ERASURE,
        Right.RESTRICTION,
        Right.PORTABILITY,
        Right.OBJECTION,
    }
)
DONE_IN_WORDS = frozenset({Right.HUMAN_REVIEW, Right.OTHER})
