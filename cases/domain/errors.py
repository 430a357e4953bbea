"""What can go wrong that a person can put right? Each message says what to do next."""


class DomainError(Exception):
    """A rule of the pathway says no; the message is for the person who asked."""


class StepNotAllowed(DomainError):
    """The case is not where this step begins."""


class SomeoneWasFaster(DomainError):
    """Another person changed the same thing first; nothing of yours was written."""


class NotReady(DomainError):
    """Something that the next step needs is missing; the message names it."""


class Refused(DomainError):
    """The request contradicts a rule; the message says which and what would satisfy it."""


class PossibleDuplicate(DomainError):
    """A patient like this one is known already; the person decides whether they are the same."""
