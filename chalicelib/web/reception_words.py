"""What receptions are called: types of items and their choices, rules of standards. English msgids."""

from collections.abc import Mapping

from chalicelib.web.i18n import N_

TYPES: Mapping[str, str] = {
    "tour": N_("Tour"),
    "meal": N_("Meal"),
    "alcohol": N_("Alcohol"),
    "lodging": N_("Lodging"),
    "transport": N_("Transport"),
    "gift": N_("Gift"),
    "other": N_("Something else"),
}
MEALS: Mapping[str, str] = {
    "breakfast": N_("Breakfast"),
    "lunch": N_("Lunch"),
    "dinner": N_("Dinner"),
    "refreshments": N_("Refreshments"),
}
ROOM_LEVELS: Mapping[str, str] = {
    "standard": N_("Standard room"),
    "business": N_("Business room"),
    "suite": N_("Suite"),
}
VEHICLES: Mapping[str, str] = {
    "car": N_("Car"),
    "van": N_("Van"),
    "coach": N_("Coach"),
    "train": N_("Train"),
    "flight": N_("Flight"),
}
BASIS: Mapping[str, str] = {
    "tour": N_("%(amount)s a head"),
    "meal": N_("%(amount)s a head"),
    "alcohol": N_("%(amount)s a head"),
    "lodging": N_("%(amount)s a room and night"),
    "transport": N_("%(amount)s a trip"),
    "gift": N_("%(amount)s a head"),
    "other": N_("%(amount)s altogether"),
}
"""What the amount of a standard is for, by type."""
CONSEQUENCES: Mapping[str, str] = {
    "blocked": N_("Cannot be applied for"),
    "reasoned": N_("Needs a reason"),
}
RULES: Mapping[str, str] = {
    "amount": N_("Amount above the standard"),
    "hosts": N_("More hosts than the standard"),
    "not_allowed": N_("Not allowed by the standard"),
}
COUNTS: Mapping[str, str] = {
    "guests": N_("Guests"),
    "hosts": N_("Hosts"),
    "bottles": N_("Bottles"),
    "nights": N_("Nights"),
    "rooms": N_("Rooms"),
}
"""What a task of the checklist counts."""
SOURCES: Mapping[str, str] = {
    **TYPES,
    "room": N_("Room"),
    "equipment": N_("Equipment"),
    "vehicle": N_("Vehicle"),
    "team": N_("Reception team"),
}
"""What a task of the checklist comes from."""
