"""The blueprint that the gate's routes share."""

from chalicelib.handlers.endpoint import Area

area = Area(__name__)
