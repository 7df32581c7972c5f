"""Reports in other languages than English: which language, its sentences and words, and the places it names."""
