"""The still picture of a map, for readers without script."""
