"""Trained weights, with cards that say what they were made of, how good they are and where they end.

``encoder.onnx`` and ``fast.onnx`` with ``tokenizer.json`` recognise (CARD.md), with the names of the gazetteer;
``resolver.json`` resolves (CARD-resolver.md). ``SHA256SUMS`` says what each must be, see `geomap.bundle.check_model`.
"""
