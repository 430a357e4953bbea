"""Which browser, on which machine, in words that its owner recognises?"""

BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
MACHINES = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "a Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def in_words(agent: str) -> str:
    browser = _first(BROWSERS, agent, "A browser")
    machine = _first(MACHINES, agent, "")
    return f"{browser} on {machine}" if machine else browser


def _first(names: tuple[tuple[str, str], ...], agent: str, otherwise: str) -> str:
    return next((name for sign, name in names if sign in agent), otherwise)
