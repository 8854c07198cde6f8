"""HTTP: parse, one call of a service, answer. No rules, no AWS."""
