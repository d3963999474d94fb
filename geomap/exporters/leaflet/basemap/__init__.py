"""What a page draws beneath its places: bundled outlines, waters and towns, and what the user brings."""
