"""Who holds a lock at a target: a process of a user on a machine."""

import os
import sys
from platform import node


def me() -> str:
    """How a lock names the process that runs now."""
    return f"{os.environ.get('USER') or os.environ.get('USERNAME', '?')}@{node()} {os.getpid()}"


def has_ended(holder: str) -> bool:
    """Whether the holder of a lock was a process of this user on this machine that is no more."""
    who, _, process = holder.rpartition(" ")
    if who != me().rpartition(" ")[0] or not process.isdecimal() or sys.platform == "win32":
        return False  # on Windows a signal that only asks would end the process
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except OSError:  # it is another user's by now
        return False
    return False
