"""Data about visitors: how long they are kept, what is known of somebody, and forgetting them."""
