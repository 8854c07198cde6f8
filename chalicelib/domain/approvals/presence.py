"""Who works here, who is away, and who then acts in their place: the directory as one move sees it."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from chalicelib.domain.approvals.people import Member
from chalicelib.domain.approvals.situation import Situation

MAX_HOPS = 5
"""How many substitutes of substitutes are followed."""

# Only a damaged directory has a longer line of managers; it must not cost a decision its time.
_LONGEST_LINE = 100


class _Members(dict[str, Member | None]):
    """Everybody asked for once: a long definition names the same people thousands of times."""

    def __init__(self, situation: Situation) -> None:
        self._people = situation.people

    def __missing__(self, id: str) -> Member | None:
        self[id] = found = self._people.person(id)
        return found


class Presence:
    """Answers for one applicant at one moment: never the applicant, who decides nothing of their own."""

    def __init__(self, situation: Situation, applicant: str) -> None:
        self._situation = situation
        self._members = _Members(situation)
        self._stand_ins: dict[str, str | None] = {}
        self.applicant = applicant

    def member(self, id: str) -> Member | None:
        """The person of that id, also one who left."""
        return self._members[id]

    def works_here(self, id: str) -> bool:
        """False for the unknown and for those who left."""
        member = self._members[id]
        return member is not None and member.active

    def is_away(self, id: str) -> bool:
        """Whether the person's leave has begun and is not over."""
        member, now = self._members[id], self._situation.now
        if member is None or member.away_from is None or member.away_from > now:
            return False
        return member.away_until is None or now < member.away_until

    def stand_in(self, id: str) -> str | None:
        """Who answers for the person now: they themselves, or else their substitute, whose substitute, and so on.

        Where that ends with nobody at work or with the applicant, whoever is away keeps what is theirs, and who left
        is followed by their nearest manager at work; None if there is none.
        """
        if id not in self._stand_ins:
            self._stand_ins[id] = self._found(id)
        return self._stand_ins[id]

    def superiors(self, id: str) -> Iterator[str]:
        """Who answers for each manager above the person who is still here, nearest first; never the applicant."""
        for manager in self.line(id):
            if self.works_here(manager) and manager != self.applicant:
                yield self.stand_in(manager) or manager

    def line(self, id: str) -> tuple[str, ...]:
        """The managers above the person, left or not; ends at the top, or where the line would run in a circle."""
        line = {id: None}
        above = self._manager_of(id)
        while above is not None and above not in line and len(line) <= _LONGEST_LINE:
            line[above] = None
            above = self._manager_of(above)
        return tuple(line)[1:]

    @cached_property
    def administrators(self) -> tuple[str, ...]:
        """Who answers for the administrators, in the order of their ids; the applicant is none of them."""
        able = (id for id in sorted(self._situation.people.administrators()) if self.works_here(id))
        return tuple(dict.fromkeys(self.stand_in(id) or id for id in able if id != self.applicant))

    def is_administrator(self, id: str) -> bool:
        """Whether the person administers and is still here."""
        return self.works_here(id) and id in self._situation.people.administrators()

    def _found(self, id: str) -> str | None:
        member = self._members[id]
        if member is None or self._is_at_work(id):
            return None if member is None else id
        substitute = next((each for each in self._substitutes(id) if self._is_at_work(each)), None)
        if substitute is None:
            return id if member.active else next(self.superiors(id), None)
        return substitute

    def _substitutes(self, id: str) -> Iterable[str]:
        seen, member = {id, self.applicant}, self._members[id]
        for _ in range(MAX_HOPS):
            if member is None or member.substitute is None or member.substitute in seen:
                return
            seen.add(member.substitute)
            yield member.substitute
            member = self._members[member.substitute]

    def _is_at_work(self, id: str) -> bool:
        return self.works_here(id) and not self.is_away(id)

    def _manager_of(self, id: str) -> str | None:
        member = self._members[id]
        return None if member is None else member.manager
