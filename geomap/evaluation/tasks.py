"""What can be scored."""

from typing import Literal

Task = Literal["recognition", "resolution", "end-to-end"]
"""The three protocols: names found; marked names resolved; both, from raw text."""
