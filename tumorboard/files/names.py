"""What may a file be called? A name is text of a stranger: shown and offered, never part of a path."""

import re
import unicodedata

LONGEST = 120
LONGEST_EXTENSION = 10
# Control and format characters, among them those that turn the direction of writing; and what is no letter.
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
NOT_IN_NAMES = re.compile(r'[<>:"|?*%;`$&{}\\/]')
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def clean_name(raw: str) -> str:
    """The last part of a path as one line that can be seen, with its extension, and not too long."""
    text = unicodedata.normalize("NFC", raw)
    text = "".join(" " if c in "\t\n\r" else c for c in text)
    text = "".join(c for c in text if unicodedata.category(c) not in UNSEEN)
    text = re.split(r"[\\/]", text)[-1]
    text = re.sub(r"\s+", " ", NOT_IN_NAMES.sub("_", text)).strip(" .")
    if RESERVED.match(text):
        text = f"_{text}"
    return _shortened(text) or "file"


def _shortened(name: str) -> str:
    stem, dot, extension = name.rpartition(".")
    if len(name) <= LONGEST or not dot or len(extension) > LONGEST_EXTENSION:
        return name[:LONGEST].strip(" .")
    return f"{stem[: LONGEST - len(extension) - 1].strip(' .')}.{extension}"
