"""What people know better: parsed documents in, the same with it out, and an account of each correction.

`records` is one correction, `corrections_file` the CSV file of them; `matching` says which mentions or events one
speaks of, which of several counts, and keeps account; `corrected_mentions` and `corrected_events` change what they
say; `applying` is `geomap.corrected`.
"""
