"""What offices hold → the project: documents and photographs, read, planned, and made one change of its files."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
