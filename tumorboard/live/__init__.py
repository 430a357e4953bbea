"""How do open screens hear that something has changed?"""

from .channel import announce, number_of
from .sharing import shared
from .streams import stream

__all__ = ["announce", "number_of", "shared", "stream"]
