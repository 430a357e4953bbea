"""How do we talk to the mail relay, one stage at a time?

smtplib's own `sendmail` is one breath from MAIL to the final dot. Here it is two, because between them the
database must learn that from now on the message may have gone.
"""

import re
import smtplib
import ssl
import time
from contextlib import suppress

from django.conf import settings
from django.core.mail.utils import DNS_NAME

ACCEPTED = range(200, 300)


class RelayAwayError(Exception):
    """No conversation at all: it says nothing about any message."""


class RefusedError(Exception):
    """The relay said no, in so many words: to what we are, to this address, or to the message."""

    def __init__(self, code: int, words: bytes, *, about_recipient: bool, at_address: bool = False):
        super().__init__(code)
        self.code = code
        self.words = words.decode("utf-8", "replace")
        self.about_recipient = about_recipient
        self.at_address = at_address


class LostError(Exception):
    """The connection broke before the relay had the message."""


class NoAnswerError(Exception):
    """The message went out and no answer came: the relay may have it."""


class Relay:
    """One connection, opened when first needed and again after it broke."""

    def __init__(self, *, timeout: float):
        self.timeout = timeout
        self._smtp: smtplib.SMTP | None = None
        self._unfinished = False
        self._until = 0.0

    def __enter__(self) -> "Relay":
        return self

    def __exit__(self, *_error) -> None:
        with suppress(LostError):
            self._within_time(smtplib.SMTP.quit)
        self._drop()

    def connect(self) -> None:
        """Greet the relay unless we are connected already."""
        if self._smtp is not None:
            return
        try:
            self._smtp = self._open()
        except OSError as error:  # smtplib's own errors are of this family
            code = getattr(error, "smtp_code", "")
            raise RelayAwayError(f"{type(error).__name__} {code}".strip()) from error

    def _open(self) -> smtplib.SMTP:
        host, name = (settings.EMAIL_HOST, settings.EMAIL_PORT), DNS_NAME.get_fqdn()
        if settings.EMAIL_USE_SSL:
            trusted = ssl.create_default_context()
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(*host, name, timeout=self.timeout, context=trusted)
        else:
            smtp = smtplib.SMTP(*host, name, timeout=self.timeout)
        try:
            if settings.EMAIL_USE_TLS:
                smtp.starttls(context=ssl.create_default_context())
            if settings.EMAIL_HOST_USER:
                smtp.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
            smtp.ehlo_or_helo_if_needed()
        except OSError:
            smtp.close()
            raise
        return smtp

    def offer(self, *, sender: str, recipient: str) -> None:
        """MAIL and RCPT: will you take something for this person?"""
        self.connect()
        self._start_stage()
        if self._unfinished:
            self._ask(smtplib.SMTP.rset, about_recipient=False)
        self._unfinished = True
        self._ask(smtplib.SMTP.mail, sender, about_recipient=False)
        self._ask(smtplib.SMTP.rcpt, recipient, about_recipient=True, at_address=True)

    def hand_over(self, content: bytes) -> str:
        """DATA to the final dot; returns the relay's words of acceptance."""
        self._start_stage()
        self._ask(smtplib.SMTP.docmd, "DATA", about_recipient=True, good=range(354, 355))
        try:
            code, words = self._within_time(self._send, content)
        except LostError as error:
            raise NoAnswerError from error
        self._unfinished = False
        if code == -1:  # not an SMTP answer: it may mean anything
            self._drop()
            raise NoAnswerError
        if code not in ACCEPTED:
            raise RefusedError(code, words, about_recipient=True)
        return f"{code} {words.decode('utf-8', 'replace')}"

    def _send(self, smtp: smtplib.SMTP, content: bytes) -> tuple[int, bytes]:
        dotted = re.sub(rb"(?m)^\.", b"..", content).removesuffix(b"\r\n")  # RFC 5321 section 4.5.2
        smtp.send(dotted + b"\r\n.\r\n")
        if smtp.sock is not None:  # it is not: we have just written to it
            smtp.sock.settimeout(self._time_left())
        return smtp.getreply()

    def _ask(self, command, *arguments, good: range = ACCEPTED, **about: bool) -> None:
        code, words = self._within_time(command, *arguments)
        if code in good:
            return
        if code in (421, -1):  # RFC 5321 section 3.8: it is about to hang up; or no SMTP at all
            self._drop()
        raise RefusedError(code, words, **about)

    def _start_stage(self) -> None:
        self._until = time.monotonic() + self.timeout

    def _time_left(self) -> float:
        return max(self._until - time.monotonic(), 0.001)

    def _within_time(self, command, *arguments):
        """Each stage has its time in total, not each line of it: the fence counts on that."""
        if self._smtp is None or self._smtp.sock is None:
            self._drop()
            raise LostError
        try:
            self._smtp.sock.settimeout(self._time_left())
            return command(self._smtp, *arguments)
        except OSError as error:
            self._drop()
            raise LostError from error

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
        self._smtp, self._unfinished = None, False
