"""Many documents at once: workers, budgets, and run folders that go on where a run stopped."""
