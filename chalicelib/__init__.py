"""Atrium: the office suite on which a company runs its outside relations."""
