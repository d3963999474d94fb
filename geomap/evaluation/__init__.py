"""How well places are found and resolved: gold corpora, the three protocols, the report."""
