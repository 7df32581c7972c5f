"""Report files and text to mentions, movements, areas and incidents."""
