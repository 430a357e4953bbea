"""Where do files lie, how large may they be, and who looks for viruses? Part of the settings."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from tumorboard.env import env, text_or_file

VAR = Path(__file__).resolve().parent.parent.parent / "var"

FILE_MAX_MB = env.int("FILE_MAX_MB", default=50)
CLAMD_URL = env.str("CLAMD_URL", default="")
FILES_URL = env.str("FILES_URL", default="")
# Of an S3-compatible store; without a key the machine's own role counts, where the provider gives it one.
ENDPOINT = env.str("S3_ENDPOINT_URL", default="")
REGION = env.str("S3_REGION", default="")
KEY_ID = env.str("S3_ACCESS_KEY_ID", default="")
KEY = text_or_file("S3_SECRET_ACCESS_KEY")
ENCRYPTION = env.str("S3_ENCRYPTION", default="AES256")  # or aws:kms; empty where the store does it by itself
if CLAMD_URL and urlsplit(CLAMD_URL).scheme not in ("tcp", "unix"):
    raise ImproperlyConfigured("CLAMD_URL begins with tcp:// or unix://, such as tcp://clamav:3310.")

# The first counts, on every address, before anything is written to a disk.
FILE_UPLOAD_HANDLERS = [
    "tumorboard.files.receiving.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]


def store_at(url: str) -> dict[str, Any]:
    """Django's description of the store: a folder, or s3://bucket/folder."""
    address = urlsplit(url)
    if address.scheme in ("", "file"):
        options = {
            "location": address.path or str(VAR / "files"),
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        }
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    if address.scheme != "s3" or not address.netloc:
        raise ImproperlyConfigured("FILES_URL is file:///a/folder or s3://bucket/folder.")
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": _s3(address.netloc, address.path.strip("/")),
    }


def _s3(bucket: str, folder: str) -> dict[str, Any]:
    from botocore.config import Config  # noqa: PLC0415  slow to load, and most installations keep files on a disk

    return {
        "bucket_name": bucket,
        "location": folder,
        "endpoint_url": ENDPOINT or None,
        "region_name": REGION or None,
        "access_key": KEY_ID or None,
        "secret_key": KEY or None,
        "default_acl": None,  # private, and no list of who may
        "querystring_auth": True,
        "file_overwrite": False,
        "object_parameters": {"ServerSideEncryption": ENCRYPTION} if ENCRYPTION else {},
        "client_config": Config(
            connect_timeout=5,
            read_timeout=30,
            retries={"max_attempts": 3},
            signature_version="s3v4",
            s3={"addressing_style": "path"},
        ),
    }


FILES = store_at(FILES_URL)
