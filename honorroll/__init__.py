"""honorroll 光荣榜: a static-site generator for campaign publicity and results."""

__version__ = "0.1.0"
