"""Whether a file lies where several machines write to it without knowing of each other.

On such a disk appending is not atomic between machines: each believes to know where
the file ends.
"""

from __future__ import annotations

import os

# File systems whose clients keep their own idea of a file's end. Cluster file systems such
# as Lustre, GPFS and CephFS agree on it and are not among them.
_KINDS = frozenset(["9p", "afs", "cifs", "fuse.sshfs", "nfs", "nfs4", "smb3"])
# Format: proc_pid_mountinfo(5).
_MOUNTS = "/proc/self/mountinfo"


def is_shared(fd: int) -> bool:
    """Whether the open file ``fd`` is on a network file system. ``False`` where nobody can tell."""
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
