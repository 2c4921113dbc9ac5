"""The record of what was published: public facts, a file in `data/published/` for each publication that changed them."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
