"""The last room: a person goes through what is doubtful, and what is decided is appended to a file of corrections."""
