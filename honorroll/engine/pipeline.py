"""The way from the data to the public site. Start reading here.

    read → load → check → plan → render → draw → publish

Each verb is one module; the command line and the preview call the same `build`.
"""

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from types import MappingProxyType

from honorroll.checks import fails, sample, settle
from honorroll.content import Made, Texts
from honorroll.diagnostics import Diagnostic, Place
from honorroll.engine.options import Options, Result
from honorroll.filesystem import MovedError, Snapshot, SpoolError
from honorroll.incremental import Memos
from honorroll.inputs import Last, Read, load, scan
from honorroll.model import Campaign
from honorroll.pages import Notes, planning, search, visibility
from honorroll.publish import Counts, Folder, Store, publication
from honorroll.render import Theme, renderer

__all__ = ["Options", "Result", "build"]

#: How often a build begins again because a file changed under its hands.
TRIES = 5

NOTHING: Mapping[str, str] = MappingProxyType({})


def build(options: Options, store: Store | None = None, read: Read | None = None) -> Result:
    """Build the site of a project into `store`, by default the folder `options.out`.

    With any error the site stays as it is. `read` is what has been read of it just now.
    """
    store = store or Folder(options.out, options.root / ".cache", options.verify, options.dry)
    for _ in range(TRIES):
        with suppress(MovedError):
            return _build(options, store, read)
        read = None
    return Result(settle([Diagnostic("SRC-10", Place(str(options.root)))], Snapshot({})))


def _build(options: Options, store: Store, read: Read | None) -> Result:
    try:
        return _steps(options, store, read or scan.read(options.root, store.memos.shelf("inputs")))
    finally:
        store.memos.save()  # they hold whatever became of the build, and the file must not stay locked


def _steps(options: Options, store: Store, read: Read) -> Result:
    snapshot, problems, memos, holds = read[0], list(read[1]), store.memos, None

    def finish(total: int = 0, counts: Counts | None = None, reasons: Mapping[str, str] = NOTHING) -> Result:
        found = settle(problems, snapshot, strict=options.strict)
        return Result(found, total, counts, reasons, campaign, read, holds)

    campaign, found = load(snapshot, options.today, memos, store.recall("loaded", Last))
    campaign = store.recall("campaign", lambda: campaign, campaign)
    problems += found
    theme = Theme(snapshot, memos.shelf("templates"))
    problems += theme.faults(planning.TEMPLATES)
    problems += theme.style_faults()
    if campaign is None:
        return finish()

    problems += theme.check_logo(campaign.info)
    problems += _judge(campaign, memos)
    problems += sample.left(campaign, snapshot)
    holds = visibility.holds(campaign, options.now)
    asked = {"drafts": options.drafts, "future": options.future}
    show = partial(visibility.visible, campaign, holds.since, **asked, recall=store.recall)
    campaign = store.recall("visible", show, campaign, holds.since, *asked.values())
    texts = Texts(campaign, snapshot, memos, store.recall("texts", Made))
    texts.convert(options.jobs, options.progress("convert", len(texts.by_url)))
    if fails(problems):
        problems += texts.check(visibility.plausible(campaign, texts), snapshot)
        return finish()

    own = not campaign.info.sample and theme.brings("share.png")
    look_up = partial(planning.look_up, campaign, options.base_url, store.recall("notes", Notes), own_share=own)
    index = store.recall("index", look_up, campaign, options.base_url, own)
    index.texts = texts
    plan, found = planning.plan(index, memos, store.recall("planned", planning.Last))
    problems += found
    problems += texts.check(plan.pages.__contains__, snapshot)
    plan = search.extended(plan, texts, memos, store.recall("found", search.Last))
    try:
        done = renderer.render(plan, theme, texts, store, options.progress)
        problems += done.problems
        misplaced = publication.misplaced(options.root, options.out)
        problems += [misplaced] if misplaced else []
        if options.dry or fails(problems, strict=options.strict):
            return finish(len(plan.pages))
        renderer.draw(done, store, options.jobs, options.progress)
    except SpoolError as error:
        problems.append(Diagnostic("PUB-10", Place(error.folder), {"why": error.why}))
        return finish(len(plan.pages))
    counts = store.publish(done.files, done.traces, done.common)
    if isinstance(counts, Diagnostic):
        problems.append(counts)
        return finish(len(plan.pages))
    return finish(len(plan.pages), counts, done.reasons)


def _judge(campaign: Campaign, memos: Memos) -> list[Diagnostic]:
    """What the rules find. Nothing, if they found nothing the last time and the records say the same today."""
    shelf, total = memos.shelf("rules"), campaign.digest
    if shelf.get("nothing found in") == total:
        return []
    from honorroll.checks import rules, waivers

    found = waivers.apply(campaign, rules.check(campaign, shelf))
    if not found:
        shelf.put("nothing found in", total)
    return found
