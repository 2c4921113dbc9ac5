"""The way from the data to the public site. Start reading here.

    read → load → check → plan → render → publish

Each verb is one module; the command line and the preview call the same `build`.
"""

from honorroll import engine, pages, publish, rules, source, visibility
from honorroll.diagnostics import Diagnostic
from honorroll.findings import has_errors, settle
from honorroll.load import load
from honorroll.memos import Memos
from honorroll.options import Options, Result
from honorroll.publish import Counts
from honorroll.store import Folder, Store
from honorroll.templates import Theme
from honorroll.texts import Texts

__all__ = ["Options", "Result", "build"]


def build(options: Options, store: Store | None = None) -> Result:
    """Build the site of a project into `store`, by default the folder `options.out`.

    With any error the site stays as it is.
    """
    store = store or Folder(options.out, options.root / ".cache")
    memos = Memos() if options.dry else store.memos
    try:
        return _build(options, store, memos)
    finally:
        memos.save()  # they hold whatever became of the build, and the file must not stay locked
        if options.dry:
            memos.close()


def _build(options: Options, store: Store, memos: Memos) -> Result:
    snapshot, problems = source.read(options.root)

    def finish(total: int = 0, counts: Counts | None = None) -> Result:
        return Result(settle(problems, snapshot, strict=options.strict), total, counts)

    campaign, found = load(snapshot, options.today, memos)
    problems += found
    theme = Theme(snapshot)
    problems += theme.check(pages.TEMPLATES)
    if campaign is None:
        return finish()

    problems += rules.check(campaign)
    campaign = visibility.visible(campaign, drafts=options.drafts, future=options.future)
    texts = Texts(campaign, memos)
    texts.convert(options.jobs, options.progress("convert", len(texts.by_url)))
    if has_errors(settle(problems, snapshot)):
        problems += texts.check(visibility.plausible(campaign, texts), snapshot)
        return finish()

    plan, found = pages.plan(campaign, texts, options.base_url)
    problems += found
    problems += texts.check(plan.pages.__contains__, snapshot)
    step = options.progress("render", len(plan.pages))
    done = engine.render(plan, theme, texts, store, step)
    problems += done.problems
    done.files |= {picture.url: snapshot.files[path].data for path, picture in texts.pictures.items()}
    misplaced = publish.misplaced(options.root, options.out)
    problems += [misplaced] if misplaced else []
    if options.dry or has_errors(settle(problems, snapshot, strict=options.strict)):
        return finish(len(plan.pages))

    counts = store.publish(done.files, done.traces)
    if isinstance(counts, Diagnostic):
        problems.append(counts)
        return finish(len(plan.pages))
    return finish(len(plan.pages), counts)
