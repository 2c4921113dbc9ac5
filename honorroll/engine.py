"""Which pages are up to date, and the rendering of those that are not.

A page is a pure function of its template's closure and its inputs. While these, its address and
this program are the same as last time, and the written file too, it is not rendered.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from honorroll import derived
from honorroll.derived import Derived
from honorroll.diagnostics import Diagnostic
from honorroll.pages import Plan
from honorroll.pages.page import BYTES, Page, canonical
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
    waiting: list[Derived] = field(default_factory=list)
    """What is still to be drawn."""

    def put(self, url: str, trace: Trace, data: bytes) -> None:
        """Take a new file."""
        self.files.put(url, data)
        self.traces[url] = trace._replace(checksum=checksum(data))


def render(plan: Plan, theme: Theme, texts: Texts, store: Store, step: Callable[[], None] = lambda: None) -> Rendering:
    """Render what is not up to date in the store, and copy static files likewise; what is to be drawn waits."""
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
    closures = {name: theme.closure_digest(name) for name in {page.template for page in plan.pages.values()} - {BYTES}}
    for url, page in plan.pages.items():
        content = page.content + texts.digest(url) if page.has_text else page.content
        drawn = page.template == BYTES
        trace = Trace("", "", content) if drawn else Trace(site, closures[page.template], content)
        kept = is_kept(url, trace)
        if not kept and drawn:
            made = plan.page(url)
            done.waiting.append(Derived((url,), made.make, made.inputs, content))
        elif not kept:
            text = _text(plan.page(url), plan, theme, texts)
            if isinstance(text, Diagnostic):
                done.problems.append(text)
            else:
                done.put(url, trace, text.encode())
        step()
    for url, source in theme.copies().items():
        trace = Trace("", "", source.digest)
        if not is_kept(url, trace):
            done.put(url, trace, source.data)
    for work in texts.derived():
        found = [is_kept(url, Trace("", "", work.total)) for url in work.urls]
        done.waiting += [] if all(found) else [work]
    return done


def draw(done: Rendering, store: Store, jobs: int, step: Callable[[], None] = lambda: None) -> None:
    """Make what is waiting: drawn and converted files, which cost so much that they come last."""
    for work, found in derived.made(done.waiting, store.derived, jobs):
        for url, data in zip(work.urls, found, strict=True):
            done.put(url, Trace("", "", work.total), data)
        step()
    if done.waiting:
        store.derived.sweep(done.traces.keys())


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
