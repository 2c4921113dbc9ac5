"""honorroll 光荣榜: a static-site generator for campaign publicity and results."""

import os

__version__ = "0.1.0"

#: No plugin has a say in what is valid here, and to look for one takes longer than to import the package.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
