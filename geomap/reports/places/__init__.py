"""Names of places in a text: what may be one, what it is there for, and the place it means in this report."""
