"""Static files: read once, named by their content so that a browser may keep them for ever."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

STATIC_FOLDER = Path(__file__).parent / "static"
_CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".wasm": "application/wasm",
    ".txt": "text/plain; charset=utf-8",
}
_WORKER = {"Service-Worker-Allowed": "/", "Content-Security-Policy": "default-src 'none'; connect-src 'self'"}
"""What the worker of the gate's pages comes with: it lies among the files and looks after /gate, wherever the stage
puts that, and may do nothing but ask our own origin."""
_HEADERS: Mapping[str, Mapping[str, str]] = {"gate_worker.js": _WORKER}
_FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """A static file as it is served; `etag` is quoted, `cache` is the Cache-Control value, `headers` are its own."""

    content: bytes
    content_type: str
    etag: str
    cache: str
    headers: Mapping[str, str]


@cache
def asset_names() -> frozenset[str]:
    """The only names that are served: the files that lie in the folder, whatever a request asks for."""
    return frozenset(path.name for path in STATIC_FOLDER.iterdir() if path.suffix in _CONTENT_TYPES)


def asset(name: str) -> Asset | None:
    """The file called `name`, or None when there is no such file."""
    return _read(name) if name in asset_names() else None


@cache
def _read(name: str) -> Asset:
    content = (STATIC_FOLDER / name).read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:16]
    return Asset(content, _CONTENT_TYPES[Path(name).suffix], f'"{digest}"', _FOR_EVER, _HEADERS.get(name, {}))


def asset_path(name: str) -> str:
    """Path of `name` with its version, without the stage prefix. Raises KeyError for a file that is not there."""
    if name not in asset_names():
        raise KeyError(name)
    version = _read(name).etag.strip('"')
    return f"/static/{name}?v={version}"


def csp(page_kind: str = "page", files_origin: str = "") -> str:
    """Content-Security-Policy for a page.

    `page_kind` "gate" may compile the barcode reader's WebAssembly, "upload" may post to the bucket at `files_origin`,
    "scan" may do both.
    """
    scripts = "'self' 'wasm-unsafe-eval'" if page_kind in ("gate", "scan") else "'self'"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {scripts}",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            f"connect-src 'self' {files_origin}" if page_kind in ("upload", "scan") else "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )
