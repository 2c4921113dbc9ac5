"""Which pages are up to date, and the rendering of those that are not.

A page is a pure function of its template's closure and its inputs. While these, its address and
this program are the same as last time, and the written file too, it is not rendered.
"""

import gc
from collections.abc import Iterator, Mapping
from itertools import filterfalse

from msgspec import Struct, field

from honorroll.content import Texts
from honorroll.diagnostics import Diagnostic, Progress
from honorroll.filesystem import Spool
from honorroll.fingerprint import fingerprint
from honorroll.incremental import Derived, artifact_cache
from honorroll.pages import TEMPLATES, Drawing, Plan, canonical
from honorroll.publish import Common, Store, Trace, checksum
from honorroll.render.theme import Theme

#: More files than this leave so much behind that garbage must be collected.
MANY = 500


class Rendering(Struct):
    """The outcome: new bytes by address, and the traces of all files, also of those that are up to date."""

    common: Common
    files: Spool = field(default_factory=Spool)
    traces: dict[str, Trace] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    """Why each new file was made; see `_reasons`."""
    waiting: list[Derived] = field(default_factory=list)
    """What is still to be drawn."""

    def put(self, url: str, content: str, data: bytes) -> None:
        """Take a new file."""
        self.files.put(url, data)
        self.traces[url] = Trace(content, checksum(data))


def render(plan: Plan, theme: Theme, texts: Texts, store: Store, progress: Progress) -> Rendering:
    """Render what is not up to date in the store, and static files likewise; what is to be drawn waits."""
    closures = {name: theme.closure_digest(name) for name in TEMPLATES}
    done = Rendering(Common(fingerprint(canonical(plan.site)), closures))
    static, pictures = theme.files(), list(texts.derived())
    if plan.site.share:
        static.pop("static/share.png", None)  # it says that the site is a sample
    contents = {**plan.fingerprints, **static}
    contents |= {url: work.total for work in pictures for url in work.urls}

    before, common = store.before()
    same = {url: trace for url, trace in before.items() if trace.content == contents.get(url)}
    fit = _fit(plan, same, common, done.common)
    done.traces = store.kept(fit)
    missing = [*filterfalse(done.traces.__contains__, contents)]
    done.reasons = dict(_reasons(missing, plan, before, fit, common, done.common))
    if len(missing) > MANY:
        gc.enable()
    step = progress("render", len(missing))
    for url in missing:
        if url in static:
            done.put(url, contents[url], theme.file(url))
        elif url in plan.pages:
            _render(url, plan, theme, texts, done)
        step()
    done.waiting += [work for work in pictures if not done.traces.keys() >= {*work.urls}]
    return done


def draw(done: Rendering, store: Store, jobs: int, progress: Progress) -> None:
    """Make what is waiting: drawn and converted files, which cost so much that they come last."""
    if not done.waiting:
        return
    step = progress("draw", len(done.waiting))
    for work, found in artifact_cache.made(done.waiting, store.derived, jobs):
        for url, data in zip(work.urls, found, strict=True):
            done.put(url, work.total, data)
        step()
    store.derived.sweep(done.traces.keys())


def _fit(plan: Plan, same: dict[str, Trace], old: Common | None, common: Common) -> dict[str, Trace]:
    """Those of them that were made from what all pages share, and from a template, that are what they were."""
    if old and old.site == common.site:
        stale = {name for name, total in common.closures.items() if old.closures.get(name) != total}
    else:
        stale = {*common.closures}
    if not stale:
        return same
    return {url: trace for url, trace in same.items() if url not in plan.pages or plan.pages[url].template not in stale}


def _reasons(
    missing: list[str],
    plan: Plan,
    before: Mapping[str, Trace],
    fit: Mapping[str, Trace],
    old: Common | None,
    common: Common,
) -> Iterator[tuple[str, str]]:
    """What has changed since the last build.

    `fresh` where nothing is known of one; the page is `new`; what the whole `site` shares; the
    `template`; the page's own `content`; or, if nothing of these, the `output` is not as it was left.
    """
    for url in missing:
        template = plan.pages[url].template if url in plan.pages else None
        if old is None:
            reason = "fresh"
        elif url not in before:
            reason = "new"
        elif url in fit:
            reason = "output"
        elif template and old.site != common.site:
            reason = "site"
        elif template and old.closures.get(template) != common.closures[template]:
            reason = "template"
        else:
            reason = "content"
        yield url, reason


def _render(url: str, plan: Plan, theme: Theme, texts: Texts, done: Rendering) -> None:
    page = plan.page(url)
    if isinstance(page.inputs, Drawing):
        done.waiting.append(Derived((url,), page.inputs.make, (page.inputs.drawn,), plan.fingerprints[url]))
        return
    meta, context = page.shown(texts)
    text = theme.render(page.inputs.template, plan.site, meta, context, texts.rendered)
    if isinstance(text, Diagnostic):
        done.problems.append(text)
    elif text is not None:
        done.put(url, plan.fingerprints[url], text.encode())
