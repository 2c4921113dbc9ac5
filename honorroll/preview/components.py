"""The page of all parts of the theme, for who designs it: rendered when it is asked for, and never published."""

from honorroll.checks import has_errors, settle
from honorroll.content import Rendered
from honorroll.engine import Options
from honorroll.filesystem import MovedError
from honorroll.incremental import Database
from honorroll.inputs import load, scan
from honorroll.pages import HOME, PageMeta, frame
from honorroll.preview import overlay
from honorroll.preview.samples import Samples, samples
from honorroll.render import Theme

#: Below the root of the site.
ADDRESS = "_components/"

TEMPLATE = "components.html"


def components(options: Options, lang: str) -> bytes | overlay.Faults:
    """The page, from the theme and the campaign as they are now; or what keeps it from being made."""
    database = Database()
    snapshot, problems = scan.read(options.root)
    campaign, found = load(snapshot, options.today, database)
    theme = Theme(snapshot, database)
    problems += found + theme.faults({TEMPLATE: Samples}) + [*theme.style_faults()]
    if campaign and not has_errors(settle(problems, snapshot)):
        meta = PageMeta(f"{ADDRESS}index.html", "../", "组件", "主题的全部组件及其各种状态", crumbs=(HOME,))
        base, own_share = frame.base(campaign, options.base_url), theme.brings("share.png")
        shared = frame.site(campaign, base, own_share=own_share)
        try:
            page = theme.render(TEMPLATE, shared, meta, samples(), dict[str, Rendered]().__getitem__)
        except MovedError:  # saved at this very moment: the next version is on its way
            return overlay.internal(lang)
        if isinstance(page, str):
            return page.encode()
        problems += [page] if page else []
    return overlay.faults(settle(problems, snapshot), lang, options.root)
