"""To whom are backups encrypted? Part of the settings."""

from tumorboard.env import env, text_or_file

# Public keys of age (age1...), between commas or one a line; the other half of any of them opens a backup.
BACKUP_RECIPIENTS = text_or_file("BACKUP_RECIPIENTS").replace(",", " ").split()
# Where pg_dump and pg_restore lie, when it is none of the usual places.
BACKUP_PROGRAMS = env.str("BACKUP_PROGRAMS", default="")
