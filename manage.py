#!/usr/bin/env python3
"""Which Django command runs?"""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tumorboard.settings")
    from django.core.management import execute_from_command_line

    from tumorboard.database import identity

    identity.this_process_is_the_system()  # runserver too, but each request says for itself who it is
    execute_from_command_line(sys.argv)
