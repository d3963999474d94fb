"""Room 4: from mentions to gazetteer entries, with a confidence and the candidates each choice beat."""
