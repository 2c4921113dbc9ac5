"""Which pages are up to date, and the rendering of those that are not.

A page is a pure function of its template's closure and its context. Its key is the digest of
both, of its address and of this program; while the key and the written file are the same as
last time, the page is not rendered.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from honorroll.diagnostics import Diagnostic
from honorroll.pages import Plan
from honorroll.pages.page import Page
from honorroll.publish import checksum
from honorroll.source import digest
from honorroll.store import Store
from honorroll.templates import Theme
from honorroll.texts import Texts
from honorroll.traces import Trace, version


@dataclass
class Rendering:
    """The outcome: new bytes by address, and the traces of all pages, also of those that are up to date."""

    files: dict[str, bytes] = field(default_factory=dict)
    traces: dict[str, Trace] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)


def render(plan: Plan, theme: Theme, texts: Texts, store: Store, step: Callable[[], None] = lambda: None) -> Rendering:
    """Render what is not up to date in the store."""
    done, before = Rendering(), store.traces()
    site = repr(plan.site)
    heads = {name: digest(f"{version()}\n{site}\n{theme.closure_digest(name)}".encode()) for name in _templates(plan)}
    for url, page in plan.pages.items():
        key = _key(page, heads[page.context.template])
        old = before.get(url)
        if old and old.key == key and store.checksum(url) == old.checksum:
            done.traces[url] = old
        else:
            text = theme.render(plan.site, page.meta, page.context, texts.rendered)
            if isinstance(text, Diagnostic):
                done.problems.append(text)
            else:
                data = text.encode()
                done.files[url] = data
                done.traces[url] = Trace(key, checksum(data))
        step()
    for source in theme.assets.values():
        done.files[source.path] = source.data
    return done


def _templates(plan: Plan) -> set[str]:
    return {page.context.template for page in plan.pages.values()}


def _key(page: Page, head: str) -> str:
    """The context's `repr` is its canonical form: dataclasses, tuples, text, numbers and dates only."""
    return digest(f"{head}\n{page.meta!r}\n{page.context!r}".encode())
