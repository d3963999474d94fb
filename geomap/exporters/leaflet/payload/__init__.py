"""What a page is given: the mention table, the reports and the incident table as columns and texts."""
