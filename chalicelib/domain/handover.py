"""Handing over (交接): who takes the place of somebody who leaves, as a head, a manager and a substitute."""

from collections.abc import Collection


def manager_after(report: str, to: str, line_of_to: Collection[str], above: str | None) -> str | None:
    """The new manager of somebody who reported to the one who leaves.

    That is `to`, unless `to` is that report or stands below them (`line_of_to`: the managers above `to`), which would
    make a circle; then it is `above`, the manager of the one who leaves.
    """
    if report != to and report not in line_of_to:
        return to
    return None if above == report else above


def substitute_after(absent: str, to: str, above: str | None) -> str | None:
    """The new substitute of somebody on leave: `to`, unless they are the one who is away; then `above` as before."""
    if absent != to:
        return to
    return None if above == absent else above
