"""How an answer reaches the person: packed, dispatched, fetched with a code."""
