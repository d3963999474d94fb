"""Room 2: from a document to its sentences and the places it names, each with the role in which it is used."""
