"""Not doing work twice: caches, dependencies, and how a file is known to be unchanged."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
