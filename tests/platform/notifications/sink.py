"""A mail relay that can misbehave on purpose, and remembers everything it took."""

import asyncio
import email
import socket
import threading
from collections import Counter, defaultdict

from aiosmtpd.controller import Controller

REFUSALS = {
    "550": "5.1.1 <{}>: no such user here",
    "450": "4.2.0 come back later",
    "452": "4.2.2 over quota",
    "552": "5.2.2 mailbox full",
}


class Sink:
    """`plan[address]` lists what happens to the next mails for it; after that, or without one, it takes them.

    "550", "450", "452" and "552" refuse at RCPT, "451" and "554" after the text; "cut"
    takes the text and hangs up without an answer; "hang up" does so at RCPT;
    "hold rcpt" and "hold data" wait there until `let_go`.
    """

    def __init__(self, *, drops_repeated=False, slow=0.0, port=0):
        self.senders: list[str] = []
        self.taken: list[tuple[str, email.message.Message]] = []
        self.plan = defaultdict(list)
        self.drops_repeated, self.slow = drops_repeated, slow
        self.holding, self.let_go = threading.Event(), threading.Event()
        self._known = set()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            self.port = probe.getsockname()[1]
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=10)

    def __enter__(self):
        self._controller.start()
        return self

    def __exit__(self, *_error):
        self.let_go.set()
        self._controller.stop()

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def ids(self) -> Counter:
        return Counter(mail["X-Tumorboard-Message"] for _, mail in self.taken)

    @property
    def addresses(self) -> list[str]:
        return [address for address, _ in self.taken]

    def _next(self, address, *wanted):
        steps = self.plan[address]
        return steps.pop(0) if steps and steps[0] in wanted else None

    async def _hold(self):
        self.holding.set()
        while not self.let_go.is_set():
            await asyncio.sleep(0.01)

    async def handle_RCPT(self, server, session, envelope, address, options):
        step = self._next(address, *REFUSALS, "hang up", "hold rcpt")
        if step in REFUSALS:
            return f"{step} {REFUSALS[step].format(address)}"
        if step == "hang up":
            server.transport.abort()
        if step == "hold rcpt":
            await self._hold()
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(self.slow)
        address = envelope.rcpt_tos[0]
        step = self._next(address, "451", "554", "cut", "hold data")
        if step == "451":
            return "451 4.3.0 try again"
        if step == "554":
            return "554 5.7.1 looks like spam"
        self.senders.append(envelope.mail_from)
        self._take(address, email.message_from_bytes(envelope.content))
        if step == "cut":
            server.transport.abort()
        if step == "hold data":
            await self._hold()
        return f"250 2.0.0 Ok: queued as {len(self.taken):06X}"

    def _take(self, address, mail):
        if self.drops_repeated and mail["Message-ID"] in self._known:
            return
        self._known.add(mail["Message-ID"])
        self.taken.append((address, mail))
