"""An independent reader of QR codes: what a picture says to somebody else's program."""

from __future__ import annotations

from io import BytesIO

import zxingcpp
from PIL import Image


def read_code(picture: bytes | Image.Image) -> str:
    """The text of the one QR code in a picture (PNG bytes or an image).

    Only QR codes are looked for: within their dots the reader now and then believes to see a bar code, too.
    """
    image = Image.open(BytesIO(picture)) if isinstance(picture, bytes) else picture
    codes = zxingcpp.read_barcodes(image.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)
    assert len(codes) == 1, f"the picture shows exactly one code, not {len(codes)}"
    return str(codes[0].text)
