"""Which pages are up to date, and the rendering of those that are not.

A page is a pure function of its template's closure and its inputs. While these, its address and
this program are the same as last time, and the written file too, it is not rendered.
"""

import gc
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import filterfalse, repeat

from msgspec import Struct, field

from honorroll import parallel
from honorroll.content import Rendered, Texts
from honorroll.diagnostics import Diagnostic, Progress
from honorroll.filesystem import Spool
from honorroll.fingerprint import fingerprint
from honorroll.incremental import Derived, artifact_cache
from honorroll.pages import TEMPLATES, Context, Drawing, PageMeta, Plan, Site, canonical
from honorroll.publish import Common, Store, Trace, checksum
from honorroll.render.templates import Templates
from honorroll.render.theme import Theme

#: More files than this leave so much behind that garbage must be collected.
MANY = 500

#: What is sent of a page: its template's name, what that is shown, and its Markdown text if it has one.
_Sent = tuple[str, PageMeta, Context, Rendered | None]


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


def render(
    plan: Plan,
    theme: Theme,
    texts: Texts,
    store: Store,
    jobs: int,
    progress: Progress,
    cluster: parallel.Workers | None = None,
) -> Rendering:
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
    missing = sorted(filterfalse(done.traces.__contains__, contents))  # so what is told of them is always the same
    done.reasons = dict(_reasons(missing, plan, before, fit, common, done.common))
    step = progress("render", len(missing))
    for url, text in _ahead(missing, plan, theme, texts, jobs, cluster):
        if url in static:
            done.put(url, contents[url], theme.file(url))
        elif text is not None:
            done.put(url, contents[url], text)
        elif url in plan.pages:
            _render(url, plan, theme, texts, done)
        step()
    done.waiting += [work for work in pictures if not done.traces.keys() >= {*work.urls}]
    return done


def _ahead(
    missing: list[str], plan: Plan, theme: Theme, texts: Texts, jobs: int, cluster: parallel.Workers | None
) -> Iterator[tuple[str, bytes | None]]:
    """The addresses in their order, each with the rendered bytes if a worker process could render the page.

    Workers return bytes only. A page that fails, is drawn, or needs the database comes without bytes and is rendered by this
    process, which alone makes findings: they are the same for any number of processes.
    """
    if len(missing) > MANY:
        gc.enable()
    if not parallel.pays(len(missing), jobs, picklable=cluster is not None, cluster=cluster):
        yield from zip(missing, repeat(None))
        return
    if cluster:
        yield from _afar(missing, plan, theme, texts, cluster)
        return

    def rendered(work: tuple[str, Rendered | None]) -> bytes | None:
        url, own = work
        if not _is_apart(url, plan):
            return None
        shown = _shown(url, plan, theme, texts, {url: own}.__getitem__)
        return shown if isinstance(shown, bytes) else None

    work = (
        (url, texts.rendered(url) if _is_apart(url, plan) and plan.pages[url].has_text else None) for url in missing
    )
    yield from zip(missing, parallel.each(rendered, work, len(missing), jobs), strict=True)


def _afar(
    missing: list[str], plan: Plan, theme: Theme, texts: Texts, cluster: parallel.Workers
) -> Iterator[tuple[str, bytes | None]]:
    """The same by a cluster. Templates and `site` are sent to each of its workers once, of a page what its template is shown."""
    apart = [url for url in missing if _is_apart(url, plan)]
    found = cluster.each(partial(_rendered, theme.templates, plan.site), (_sent(url, plan, texts) for url in apart))
    for url in missing:
        yield url, next(found) if _is_apart(url, plan) else None


def _sent(url: str, plan: Plan, texts: Texts) -> _Sent:
    page = plan.page(url)
    assert page.template
    return page.template, *page.shown(texts), texts.rendered(url) if page.has_text else None


def _rendered(templates: Templates, site: Site, sent: _Sent) -> bytes | None:
    """A page, by a worker of a cluster; nothing of one that fails, which the coordinator renders again for its findings."""
    template, meta, context, own = sent
    try:
        return templates.render(template, site, meta, context, lambda _: own).encode()
    except Exception:  # noqa: BLE001  # a template may fail in any way
        return None


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


def _is_apart(url: str, plan: Plan) -> bool:
    """Whether a file is a page that a template shows, and its section all that it needs: those of the search have none."""
    return url in plan.pages and plan.pages[url].template is not None and bool(plan.pages[url].section)


def _render(url: str, plan: Plan, theme: Theme, texts: Texts, done: Rendering) -> None:
    if plan.pages[url].template is None:
        inputs = plan.page(url).inputs
        assert isinstance(inputs, Drawing)
        done.waiting.append(Derived((url,), inputs.make, (inputs.drawn,), plan.fingerprints[url]))
        return
    shown = _shown(url, plan, theme, texts, texts.rendered)
    if isinstance(shown, Diagnostic):
        done.problems.append(shown)
    elif shown is not None:
        done.put(url, plan.fingerprints[url], shown)


def _shown(
    url: str, plan: Plan, theme: Theme, texts: Texts, text: Callable[[str], Rendered | None]
) -> bytes | Diagnostic | None:
    page = plan.page(url)
    meta, context = page.shown(texts)
    assert page.template
    shown = theme.render(page.template, plan.site, meta, context, text)
    return shown.encode() if isinstance(shown, str) else shown
