"""A case from its first step to its last: opened, advanced, what comes next."""
