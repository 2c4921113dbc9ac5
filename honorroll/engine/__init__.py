"""The one way from a project to a site: every verb of the command line and the preview run it."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
