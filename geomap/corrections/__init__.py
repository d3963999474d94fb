"""What people know better: parsed documents in, the same with it out, and an account of each correction.

`records` is one correction, `corrections_file` the CSV file of them; `matching` says which mentions or events one
speaks of and which of several counts; `corrected_mentions`, `corrected_events` and `corrected_places` change what they
say; `tally` keeps account; `applying` is `geomap.corrected`.
"""
