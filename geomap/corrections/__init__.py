"""Room between events and tables: what people know better, kept in a file of their own and applied last."""
