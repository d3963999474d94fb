"""Trained weights, with cards that say what they were made of, how good they are and where they end.

``encoder.onnx`` and ``fast.onnx`` with ``tokenizer.json`` and ``known_names.npz`` recognise (CARD.md);
``resolver.json`` resolves (CARD-resolver.md).
"""
