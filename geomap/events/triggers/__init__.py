"""What a sentence says happened: its triggers, told by a lexicon and rules."""
