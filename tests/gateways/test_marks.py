"""Marks of document numbers."""

from __future__ import annotations

import pytest

from chalicelib.gateways import marks


def test_a_mark_is_the_same_for_a_number_and_tells_nothing_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "signing_secret", lambda: b"a secret")
    marks._key.cache_clear()
    one, other = marks.mark("110101199001011234"), marks.mark("110101199001011235")
    assert one == marks.mark("110101199001011234") != other
    assert len(one) == len(other) == 64
    assert marks.mark("") == ""
    marks._key.cache_clear()
