"""Why could a backup not be made, read or brought back? The words are for whoever ran the command."""


class BackupError(Exception):
    """Said as it is."""


class WrongKey(BackupError):
    """It was encrypted to somebody else."""


class Damaged(BackupError):
    """It is not what was written."""
