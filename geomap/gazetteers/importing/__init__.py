"""Gazetteers that users bring: dumps and tables read line by line, each into a file like the bundled one."""
