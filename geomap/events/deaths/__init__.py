"""How many people a sentence says were killed."""
