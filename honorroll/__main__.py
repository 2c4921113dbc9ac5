"""`python -m honorroll`."""

from honorroll.cli import run

run()
