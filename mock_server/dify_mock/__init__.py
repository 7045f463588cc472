"""A mock of the Dify platform, with real state."""
