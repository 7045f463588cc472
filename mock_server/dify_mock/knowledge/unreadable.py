"""What cannot be read."""


class Unreadable(Exception):  # noqa: N818  # it is said of a file
    """A file is not what its name promises."""
