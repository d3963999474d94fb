"""When an event happened: date expressions found, and resolved against the day of publication."""
