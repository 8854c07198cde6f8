"""Hooks and people's preferences in table `directory`, because they are set up like it and audited with it.

| question | key |
|---|---|
| a hook | pk `hook#ID`, sk `profile` |
| all hooks (a company has tens) | index1 `hooks`, `ID` |
| what a person wants to hear how and when | pk `person#ID`, sk `preferences` |
"""

from collections.abc import Mapping
from datetime import time

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.domain.notifications import Channel, Hook, Preferences
from chalicelib.models.attributes import DataAttribute, InstantAttribute, IntegerAttribute
from chalicelib.models.directory import DirectoryTable
from chalicelib.models.item import Key


class HookItem(DirectoryTable, discriminator="hook"):
    """A webhook or a group's robot."""

    id = UnicodeAttribute()
    hook_kind = UnicodeAttribute()
    name = UnicodeAttribute()
    events = DataAttribute[frozenset[str]](frozenset[str])
    language = UnicodeAttribute()
    host = UnicodeAttribute()
    sealed = UnicodeAttribute()
    created_at = InstantAttribute()
    generation = IntegerAttribute()
    renewed_at = InstantAttribute(null=True)
    active = BooleanAttribute()

    @classmethod
    def at(cls, hook_id: str) -> Key:
        """Where the hook lives."""
        return cls, f"hook#{hook_id}", "profile"

    @classmethod
    def from_hook(cls, hook: Hook) -> "HookItem":
        """The item of a hook, in the list of all."""
        return cls.of(hook, pk=f"hook#{hook.id}", sk="profile", index1_pk="hooks", index1_sk=hook.id)


class PreferencesItem(DirectoryTable, discriminator="preferences"):
    """A person's preferences."""

    person = UnicodeAttribute()
    channels = DataAttribute[Mapping[str, tuple[Channel, ...]]](dict[str, tuple[Channel, ...]])
    digest = UnicodeAttribute()
    digest_at = DataAttribute[time](time)
    digest_day = IntegerAttribute()
    quiet_from = DataAttribute[time](time, null=True)
    quiet_until = DataAttribute[time](time, null=True)

    @classmethod
    def at(cls, person_id: str) -> Key:
        """Where a person's preferences stand."""
        return cls, f"person#{person_id}", "preferences"

    @classmethod
    def from_preferences(cls, preferences: Preferences) -> "PreferencesItem":
        """The item of somebody's preferences."""
        return cls.of(preferences, pk=f"person#{preferences.person}", sk="preferences")
