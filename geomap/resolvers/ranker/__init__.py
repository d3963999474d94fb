"""The trained resolver: names and texts as arrays, features, ensembles of trees, and why they chose as they did."""
