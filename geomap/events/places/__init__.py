"""Where an event happened: the mention chosen, and how exactly its wording says where that is."""
