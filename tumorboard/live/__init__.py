"""How do open screens hear that something has changed?"""

from .channel import announce

__all__ = ["announce"]
