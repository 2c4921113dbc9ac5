"""`python -m honorroll`."""

from honorroll.cli import main

raise SystemExit(main())
