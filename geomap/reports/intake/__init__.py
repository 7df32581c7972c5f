"""Files to reports: bytes to text, what it says of itself, and which of its parts are the story."""
