"""Room 7: the files people open. Everything here reads the mention table and nothing else."""
