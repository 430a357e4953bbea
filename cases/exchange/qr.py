"""How does a tablet read an address off a screen? As a picture of small squares."""

import base64

import qrcode
from qrcode.image.svg import SvgPathFillImage


def qr_image(address: str) -> str:
    """For the `src` of an image."""
    drawn = qrcode.make(address, image_factory=SvgPathFillImage, box_size=8, border=2)
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.to_string()).decode()
