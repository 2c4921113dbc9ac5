"""A new project folder: what is in it, by answers to a few questions; and its first commit."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
