"""Room 5: what is said to have happened, where and when: sentences and resolutions in, events out."""
