"""Agents that stand behind nodes of workflows: their configurations, and what is in them."""
