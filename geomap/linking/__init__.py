"""Several reports of a batch on one thing: zones that complete each other, movements told more than once."""
