"""Who moves: forces by name, by pronoun and by what they ride in, and how many of them."""
