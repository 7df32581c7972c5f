"""Tables of events that others have coded, such as ACLED's and GDELT's, read as incidents."""
