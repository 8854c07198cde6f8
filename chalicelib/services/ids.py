"""The one source of ids."""


def new_id() -> str:
    """A ULID: 26 characters that sort by time of making."""
    from ulid import ULID

    return str(ULID())
