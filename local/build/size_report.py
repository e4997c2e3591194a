"""How large a package is, against what Lambda takes."""

from __future__ import annotations

import hashlib

from local.build.package import Package
from local.build.target import BuildError

MEGABYTE = 1024 * 1024
# AWS Lambda Developer Guide, "Lambda quotas", deployment package (.zip file archive).
DIRECT_UPLOAD_LIMIT = 50 * MEGABYTE
UNPACKED_LIMIT = 250 * MEGABYTE


def size_report(package: Package) -> str:
    """Return a line each for zip, content and hash; raises BuildError if it is too large.

    A zip above the limit for a direct upload still deploys: `sam deploy` goes through S3.
    """
    unpacked = sum(file.stat().st_size for file in package.folder.rglob("*") if file.is_file())
    if unpacked > UNPACKED_LIMIT:
        raise BuildError(f"{_share(unpacked, UNPACKED_LIMIT)}, more than Lambda unpacks")
    packed = package.archive.stat().st_size
    digest = hashlib.sha256(package.archive.read_bytes()).hexdigest()
    return (
        f"{package.archive}  {_share(packed, DIRECT_UPLOAD_LIMIT)} for an upload without S3\n"
        f"{package.folder}  {_share(unpacked, UNPACKED_LIMIT)} unpacked\n"
        f"sha256 {digest}"
    )


def _share(size: int, limit: int) -> str:
    return f"{size / MEGABYTE:.1f} MB of {limit // MEGABYTE} MB"
