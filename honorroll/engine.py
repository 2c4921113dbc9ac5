"""Which pages are up to date, and the rendering of those that are not.

A page is a pure function of its template's closure and its inputs. While these, its address and
this program are the same as last time, and the written file too, it is not rendered.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from honorroll.diagnostics import Diagnostic
from honorroll.pages import Plan
from honorroll.pages.page import Page, canonical
from honorroll.publish import checksum
from honorroll.source import digest
from honorroll.spool import Spool
from honorroll.store import Store
from honorroll.templates import Theme
from honorroll.texts import Texts
from honorroll.traces import Trace


@dataclass
class Rendering:
    """The outcome: new bytes by address, and the traces of all files, also of those that are up to date."""

    files: Spool = field(default_factory=Spool)
    traces: dict[str, Trace] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    """Why each new file was made; see `_reason`."""

    def put(self, url: str, trace: Trace, data: bytes) -> None:
        """Take a new file."""
        self.files.put(url, data)
        self.traces[url] = trace._replace(checksum=checksum(data))


def render(plan: Plan, theme: Theme, texts: Texts, store: Store, step: Callable[[], None] = lambda: None) -> Rendering:
    """Render what is not up to date in the store, and copy static files and pictures likewise."""
    done, before = Rendering(), store.memos.shelf("traces")
    known = len(before) > 0

    def is_kept(url: str, trace: Trace) -> bool:
        old: Trace | None = before.get(url)
        kept = store.kept(url, old) if old and old[:3] == trace[:3] else None
        if kept:
            done.traces[url] = kept
        else:
            done.reasons[url] = _reason(old, trace) if known else "fresh"
        return kept is not None

    site = digest(canonical(plan.site))
    closures = {name: theme.closure_digest(name) for name in {page.template for page in plan.pages.values()}}
    for url, page in plan.pages.items():
        content = page.content + texts.digest(url) if page.has_text else page.content
        trace = Trace(site, closures[page.template], content)
        if not is_kept(url, trace):
            text = _text(plan.page(url), plan, theme, texts)
            if isinstance(text, Diagnostic):
                done.problems.append(text)
            else:
                done.put(url, trace, text.encode())
        step()
    for url, source in (theme.copies() | texts.copies()).items():
        trace = Trace("", "", source.digest)
        if not is_kept(url, trace):
            done.put(url, trace, source.data)
    return done


def _reason(old: Trace | None, trace: Trace) -> str:
    """What has changed since the last build.

    `fresh` where nothing is known of one; the page is `new`; what the whole `site` shares; the
    `template`; the page's own `content`; or, if nothing of these, the `output` is not as it was left.
    """
    if old is None:
        return "new"
    if old[:3] == trace[:3]:
        return "output"
    return "site" if old.site != trace.site else "template" if old.template != trace.template else "content"


def _text(page: Page, plan: Plan, theme: Theme, texts: Texts) -> str | Diagnostic:
    meta, context = page.make(texts.key(page.url), *page.inputs) if page.has_text else page.make(*page.inputs)
    return theme.render(page.template, plan.site, meta, context, texts.rendered)
