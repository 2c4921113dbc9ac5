"""Files on a disk: safe names, bounded reads, atomic writes, the lock, large data outside memory."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
