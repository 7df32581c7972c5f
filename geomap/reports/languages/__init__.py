"""Reports in other languages than English: which language, its sentences, words, place names, movements and incidents."""
