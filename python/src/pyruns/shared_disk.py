"""Detects network file systems, on which several machines may write to a file.

There, appending is not atomic between machines, because each client caches the
end of the file.
"""

from __future__ import annotations

import os

# File systems whose clients cache the end of a file. Cluster file systems such
# as Lustre, GPFS and CephFS are coherent and not listed.
_KINDS = frozenset(["9p", "afs", "cifs", "fuse.sshfs", "nfs", "nfs4", "smb3"])
# Format: proc_pid_mountinfo(5).
_MOUNTS = "/proc/self/mountinfo"


def is_shared(fd: int) -> bool:
    """Whether the open file ``fd`` is on a network file system. ``False`` if unknown."""
    try:
        device = os.fstat(fd).st_dev
        with open(_MOUNTS, encoding="utf-8", errors="replace") as mounts:
            return kind_of("%d:%d" % (os.major(device), os.minor(device)), mounts.read()) in _KINDS
    except (OSError, AttributeError):  # No such file, or no such functions, on this system.
        return False


def kind_of(device: str, mounts: str) -> str:
    """The type of the file system with the number ``device``, ``"major:minor"``; else ``""``."""
    for mount in mounts.splitlines():
        place, _, source = mount.partition(" - ")
        if place.split(" ")[2:3] == [device]:
            return source.split(" ")[0]
    return ""
