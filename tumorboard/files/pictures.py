"""Is this a picture, and what of it is stored? What is seen, written anew: nothing that was hidden beside it.

Where a photo was taken, on which device, thumbnails, comments, and whatever followed the picture are gone;
how it is to be turned stays.
"""

import warnings
from typing import Any

from PIL import (  # the readers that may be needed, by name, and no other
    ExifTags,
    Image,
    ImageOps,
    ImageSequence,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from tumorboard.files import limits
from tumorboard.files.errors import Rejected

READERS = (JpegImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin)
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF")
MODES = {"1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I", "F", "YCbCr"}
TOO_MANY_PIXELS = (
    f"The picture has more than {limits.MOST_PIXELS // 1_000_000} million pixels. Save it smaller."
)
TORN = "The picture is incomplete or damaged. Nothing was stored."

# Warned about from half the limit on, refused beyond it: here the limit is a limit.
Image.MAX_IMAGE_PIXELS = limits.MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


def check(code: str, source: str, target: str) -> dict[str, Any]:
    picture = _opened(source, (code,))
    frames = getattr(picture, "n_frames", 1)
    if code in {"PNG", "WEBP"} and frames > 1:
        raise Rejected("Moving pictures are not taken. Save one picture of it.")
    if code == "TIFF":
        return {"pages": _clean_pages(picture, frames, target), "cleaned": True}
    _loaded(picture)
    if code == "JPEG":
        _clean_jpeg(picture, target)
    elif code == "PNG":
        _bare(picture).save(target, "PNG", exif=_turned(picture), icc_profile=None)
    else:
        _bare(picture).save(target, "WEBP", quality=95, exif=_turned(picture))
    return {"pages": 1, "cleaned": True}


def draw(source: str, target: str, page: int, width: int) -> dict[str, Any]:
    picture = _opened(source, FORMATS)
    if page > 1:
        picture.seek(page - 1)
    _loaded(picture)
    seen = ImageOps.exif_transpose(picture)
    if seen.mode not in {"RGB", "L"}:
        seen = _on_white(seen)
    seen.thumbnail((width, max(1, limits.MOST_PREVIEW_PIXELS // width)))
    seen.info.clear()
    seen.save(target, "PNG")
    return {"mime": "image/png"}


def _opened(source: str, formats: tuple[str, ...]) -> Any:
    try:
        return Image.open(source, formats=formats)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Rejected(TOO_MANY_PIXELS) from None
    except (OSError, SyntaxError, ValueError):
        raise Rejected(TORN) from None


def _loaded(picture: Any) -> None:
    try:
        picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Rejected(TOO_MANY_PIXELS) from None
    except (OSError, SyntaxError, ValueError, IndexError):
        raise Rejected(TORN) from None


def _turned(picture: Any) -> Image.Exif:
    """Of all that a camera writes beside the picture, only how it is to be turned."""
    kept = Image.Exif()
    turn = picture.getexif().get(ExifTags.Base.Orientation)
    if isinstance(turn, int) and 2 <= turn <= 8:
        kept[ExifTags.Base.Orientation] = turn
    return kept


def _bare(picture: Any) -> Any:
    """The points and their colours alone."""
    bare = picture.copy()
    shown = {name: bare.info[name] for name in ("transparency",) if name in bare.info}
    bare.info = shown
    return bare


def _clean_jpeg(picture: Any, target: str) -> None:
    turned = _turned(picture)
    # Several pictures in one file (MPO, as telephones write it): the first is what everybody shows.
    same = {"quality": "keep"} if picture.format == "JPEG" else {"quality": 95}
    picture.info = {}
    picture.save(target, "JPEG", exif=turned, icc_profile=None, comment=b"", **same)


def _clean_pages(picture: Any, frames: int, target: str) -> int:
    if frames > limits.MOST_PAGES:
        raise Rejected(f"The file has more than {limits.MOST_PAGES} pages. Split it.")
    pages, points = [], 0
    for frame in ImageSequence.Iterator(picture):
        points += frame.width * frame.height
        if points > limits.MOST_PIXELS:
            raise Rejected(TOO_MANY_PIXELS)
        _loaded(frame)
        pages.append(_bare(ImageOps.exif_transpose(frame)))
    pages[0].save(target, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_deflate")
    return len(pages)


def _on_white(picture: Any) -> Any:
    if picture.mode in {"I;16", "I", "F"}:
        low, high = picture.getextrema()
        spread = (high - low) or 1
        return picture.convert("F").point(lambda v: v * (255 / spread) - low * 255 / spread).convert("L")
    if picture.mode in {"LA", "RGBA", "P", "PA"}:
        clear = picture.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(white, clear).convert("RGB")
    return picture.convert("RGB")
