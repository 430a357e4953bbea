"""What does the world outside get to know about people and their sign-in?

The same interface as Django's and allauth's own: this app does not know who keeps the record.
"""

from django.dispatch import Signal

sign_in_locked = Signal()  # request, email: too many wrong passwords, so this one was not looked at
reset_requested = Signal()  # request, user: a link to choose a new password is on its way
person_changed = Signal()  # user, by, fields: an administrator added or changed a person
sign_on_refused = Signal()  # request: the hospital's own sign-in sent somebody whom we do not let in
factors_removed = Signal()  # user, by, reason: an administrator took away what a person signs in with
