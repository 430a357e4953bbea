"""How is it said that something has changed? After the commit, in one word, and to whoever listens."""

from django.db import transaction


def announce(room: str, topic: str) -> None:
    """Tell the screens of a room, once the transaction is through, what they should look at again."""
    transaction.on_commit(lambda: _publish(room, topic), robust=True)


def _publish(room: str, topic: str) -> None:
    """Nobody listens yet."""
