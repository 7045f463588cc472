"""The simulated platform's knowledge: what was put in, how it is split and indexed, and what is found again."""
