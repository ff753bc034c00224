"""Permissions of files and folders in a task's folder: for the owner only, regardless of the umask.

A folder that its group, but not others, may enter belongs to a shared project: there
the group may read.
"""

from __future__ import annotations

import os


def file_mode(folder: str) -> int:
    """Of a file that is created in ``folder``."""
    return 0o640 if _is_shared(folder) else 0o600


def folder_mode(folder: str) -> int:
    """Of a folder that is created in ``folder``."""
    return 0o750 if _is_shared(folder) else 0o700


def _is_shared(folder: str) -> bool:
    try:
        return os.stat(folder).st_mode & 0o057 == 0o050
    except OSError:
        return False
