"""Movements: the words that tell them, from where to where, how far they have come, and who says so."""
