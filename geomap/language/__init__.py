"""What every room asks of English, once: words, numbers, distances, sentences."""
