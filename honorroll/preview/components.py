"""The page of all parts of the theme, for who designs it: rendered when it is asked for, and never published."""

from honorroll import source
from honorroll.findings import has_errors, settle
from honorroll.load import load
from honorroll.memos import Memos
from honorroll.options import Options
from honorroll.pages import sections
from honorroll.pages.page import HOME
from honorroll.pages.parts import PageMeta
from honorroll.preview import overlay
from honorroll.preview.samples import Samples, samples
from honorroll.prose import Rendered
from honorroll.source import MovedError
from honorroll.templates import Theme

#: Below the root of the site.
ADDRESS = "_components/"

TEMPLATE = "components.html"


def components(options: Options, lang: str) -> bytes | overlay.Faults:
    """The page, from the theme and the campaign as they are now; or what keeps it from being made."""
    memos = Memos()
    snapshot, problems = source.read(options.root)
    campaign, found = load(snapshot, options.today, memos)
    theme = Theme(snapshot, memos.shelf("templates"))
    problems += found + theme.faults({TEMPLATE: Samples}) + [*theme.style_faults()]
    if campaign and not has_errors(settle(problems, snapshot)):
        meta = PageMeta(f"{ADDRESS}index.html", "../", "组件", "主题的全部组件及其各种状态", crumbs=(HOME,))
        site = sections.site(campaign, sections.base(campaign, options.base_url), own_share=theme.brings("share.png"))
        try:
            page = theme.render(TEMPLATE, site, meta, samples(), dict[str, Rendered]().__getitem__)
        except MovedError:  # saved at this very moment: the next version is on its way
            return overlay.internal(lang)
        if isinstance(page, str):
            return page.encode()
        problems += [page] if page else []
    return overlay.faults(settle(problems, snapshot), lang, options.root)
