"""Nothing that leads to a person goes out unread: detectors of what is personal, and the gate before a publication."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
