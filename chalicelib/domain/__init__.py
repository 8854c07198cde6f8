"""Pure rules: no AWS, no clock, no randomness. `now` and ids are passed in."""
