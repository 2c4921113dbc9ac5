"""A finished site to the place that the public reads it from: all of it or nothing, and back again."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
