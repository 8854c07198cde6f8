"""The benches leave no endpoint out."""

from tests.bench.cases import CASES, UNMEASURED


def test_every_endpoint_has_a_case() -> None:
    import app
    from chalicelib.handlers.endpoint import ENDPOINTS

    assert app.app
    known = {f"{case.method} {case.route}" for case in CASES} | UNMEASURED
    assert {f"{spec.method} {spec.path}" for spec in ENDPOINTS} - known == set()
