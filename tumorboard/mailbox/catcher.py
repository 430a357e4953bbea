"""Who takes the demonstration's mail? An SMTP server on loopback that keeps all and passes on nothing."""

import signal
import sys
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox


def main() -> None:
    port, folder = int(sys.argv[1]), Path(sys.argv[2])
    catcher = Controller(Mailbox(folder), hostname="127.0.0.1", port=port)
    stopping = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, stopping)
    catcher.start()
    signal.sigwait(stopping)
    catcher.stop()


if __name__ == "__main__":
    main()
