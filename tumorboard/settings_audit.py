"""With which key are the ends of the trail sealed, and where are the seals kept?"""

from tumorboard.env import env, secret

# Without a key no seal is made. It must not be kept where the database's owner can read it.
AUDIT_SEAL_KEY = secret("AUDIT_SEAL_KEY", fallback="")
# Beside the log: a file, best on another machine or one that can only be added to.
AUDIT_SEAL_FILE = env.str("AUDIT_SEAL_FILE", default="")

SEAL_TICK = {"task": "audit.seal", "schedule": 300.0, "options": {"expires": 290}}
