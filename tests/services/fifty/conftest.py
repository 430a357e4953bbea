"""What is printed when all have pressed?"""

from tests.services.fifty.crowd import HEAD, TABLE


def pytest_terminal_summary(terminalreporter):
    if TABLE:
        terminalreporter.section("at once")
        for line in (HEAD, *TABLE):
            terminalreporter.write_line(str(line))
