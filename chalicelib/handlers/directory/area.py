"""The one area of people, departments, leave, roles and the office calendar."""

from chalicelib.handlers.endpoint import Area

area = Area("chalicelib.handlers.directory")
