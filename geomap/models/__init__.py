"""Trained weights, each in a folder with a CARD.md that says what they were made of and how good they are."""
