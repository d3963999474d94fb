"""The page as one HTML file: its files and languages, text that stays text, and the policy around it."""
