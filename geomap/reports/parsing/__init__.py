"""The parse of a text: the language model, and what it gets wrong in news put right before and after it."""
