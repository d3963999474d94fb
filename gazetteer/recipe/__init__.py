"""How the bundled gazetteer and what maps draw beneath it are made; no part of the installed package.

``python -m gazetteer.recipe`` lists the steps, ``make gazetteer-data`` runs them all; see ``gazetteer/README.md``.
"""
