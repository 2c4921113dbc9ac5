"""What commands write into a project: YAML that is edited and not rewritten, and changes that can be undone."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
