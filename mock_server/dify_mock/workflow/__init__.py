"""The simulated workflow engine: a graph is walked node by node."""
