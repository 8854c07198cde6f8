"""Sites in table `directory`: one item a site with its gates and resources (tens each), pk `site#ID`, sk `profile`;
the list of all sites is index1 `sites` (a group has tens of sites)."""

from collections.abc import Mapping

from pynamodb.attributes import UnicodeAttribute

from chalicelib.domain.sites import Gate, Resource, Site
from chalicelib.models.attributes import DataAttribute, IntegerAttribute
from chalicelib.models.directory import DirectoryTable
from chalicelib.models.item import Key


class SiteItem(DirectoryTable, discriminator="site"):
    """A site with its gates and resources."""

    id = UnicodeAttribute()
    name = DataAttribute[Mapping[str, str]](dict[str, str])
    address = DataAttribute[Mapping[str, str]](dict[str, str])
    rules = DataAttribute[Mapping[str, str]](dict[str, str])
    time_zone = UnicodeAttribute()
    map_url = UnicodeAttribute(default="")
    early_minutes = IntegerAttribute()
    gates = DataAttribute[tuple[Gate, ...]](tuple[Gate, ...])
    resources = DataAttribute[tuple[Resource, ...]](tuple[Resource, ...])
    currency = UnicodeAttribute(default="CNY")

    @classmethod
    def at(cls, site_id: str) -> Key:
        """Where the site lives."""
        return cls, f"site#{site_id}", "profile"

    @classmethod
    def from_site(cls, site: Site) -> "SiteItem":
        """The item of a site, in the list of all sites."""
        return cls.of(site, pk=f"site#{site.id}", sk="profile", index1_pk="sites", index1_sk=site.id)
