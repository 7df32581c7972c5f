"""News reports about military movements, as an interactive, sourced map."""
