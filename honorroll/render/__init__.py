"""Pages to bytes: templates, their analysis and their sandbox, styles."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
