"""Reports in other languages than English: their languages, sentences, words, place names, movements, incidents."""
