"""Models that two tiers or more use."""
