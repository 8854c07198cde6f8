"""Forms in this company: what they ask of it, and what people read of what was filled in."""

from chalicelib.services.forms.labels import Shown, cells, labels
from chalicelib.services.forms.world import CompanyWorld

__all__ = ["CompanyWorld", "Shown", "cells", "labels"]
