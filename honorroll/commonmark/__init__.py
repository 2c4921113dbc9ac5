"""The dialect of Markdown in which editors write: CommonMark with GitHub's tables, strikethrough and task lists.

`blocks` and `inlines` parse, `tree` makes elements, `extension` plugs that into Python-Markdown, `opening` reads how a text begins.
"""
