"""What an app does, for whoever asks: handlers of several tiers stand on the same functions."""
