"""Small classes around AWS services, each with an injected client."""
