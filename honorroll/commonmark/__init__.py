"""The dialect of Markdown in which editors write: CommonMark with GitHub's tables, strikethrough and task lists.

`blocks` and `inlines` parse, `tree` makes elements, `extension` plugs that into Python-Markdown, `opening` reads how a text begins.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
