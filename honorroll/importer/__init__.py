"""What offices hold, read into changes of a project's data: each kind of source is one class that knows its files by their bytes."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
