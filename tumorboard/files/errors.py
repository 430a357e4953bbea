"""Why is a file not taken, or not shown now? The message is for the person who handed it in."""


class Rejected(Exception):
    """The file is not what it says, or could do harm; another file may be fine."""


class Unreadable(Rejected):
    """Reading it ended badly: too slow, too much memory, or a crash. Nobody but that reader noticed."""


class Busy(Exception):
    """As many files as may be are being read at this moment."""


class ScannerAway(Exception):
    """The virus scanner does not answer; it may later."""


class ScannerRefuses(Exception):
    """The virus scanner answers, and cannot say anything of this file."""


class Gone(Exception):
    """The stored file cannot be had: it is missing, or the store does not answer."""
