"""How does a child process end when its parent is killed without warning?"""

import ctypes
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def end_with_parent(sign: int = signal.SIGTERM) -> Callable[[], None] | None:
    """For Popen's preexec_fn: the kernel signals the child when the parent dies, even by kill -9."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)  # loaded here: after the fork only the bare call is safe
    return lambda: libc.prctl(PR_SET_PDEATHSIG, sign)
