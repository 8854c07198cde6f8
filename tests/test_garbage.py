"""The garbage collector after the application was imported."""

import gc

import app


def test_garbage_is_looked_for_again_and_not_among_what_was_imported() -> None:
    assert app.app.routes
    assert gc.isenabled()
    assert gc.get_freeze_count() > 10_000
