"""How fast the client is, next to what one would write without it. Run it with `python -m bench`."""
