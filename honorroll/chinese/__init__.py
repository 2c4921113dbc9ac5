"""Chinese text: typography, dates, names of persons, orders by strokes and by pinyin. Knows nothing of campaigns."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
