"""The way from the data to the public site. Start reading here.

    read → load → check → plan → render → look → draw → publish

Each verb is one module; the command line and the preview call the same `build`.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from msgspec.structs import replace

from honorroll.checks import fails, sample, settle
from honorroll.content import Texts
from honorroll.diagnostics import Diagnostic, Place
from honorroll.engine.options import Options, Result
from honorroll.filesystem import MovedError, Snapshot, SpoolError
from honorroll.incremental import DamagedError, Database
from honorroll.inputs import Read, load, scan
from honorroll.model import Campaign, Post, agreed
from honorroll.pages import planning, search, visibility
from honorroll.parallel import WorkersError
from honorroll.privacy import Published, gate
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
    database, moved = store.database, 0
    while moved < TRIES:
        try:
            result = _steps(options, store, read or scan.read(options.root, database))
        except MovedError:  # raised only while each table is whole
            moved += 1
        except DamagedError:
            database.discard()
        except WorkersError as error:  # likewise
            database.save()
            return Result(
                settle(
                    [Diagnostic(error.rule, Place(error.address), {"why_zh": error.why[0], "why": error.why[1]})],
                    Snapshot({}),
                )
            )
        except BaseException:
            database.forget()  # what is half computed must not pass for whole
            raise
        else:
            database.save()
            return result
        read = None
    database.save()
    return Result(settle([Diagnostic("SRC-10", Place(str(options.root)))], Snapshot({})))


def _steps(options: Options, store: Store, read: Read) -> Result:
    snapshot, problems, database, holds = read[0], list(read[1]), store.database, None
    hidden: list[Post] = []

    def finish(total: int = 0, counts: Counts | None = None, reasons: Mapping[str, str] = NOTHING) -> Result:
        if database.was_damaged:
            problems.append(Diagnostic("PUB-11", Place(".cache")))
        found = settle(problems, snapshot, strict=options.strict)
        drafts = sum(post.draft for post in hidden)
        return Result(found, total, counts, reasons, campaign, read, drafts, len(hidden) - drafts, holds)

    campaign, found = load(snapshot, options.today, database, options.jobs)
    problems += found
    theme = Theme(snapshot, database)
    problems += theme.faults(planning.TEMPLATES)
    problems += theme.style_faults()
    if campaign is None:
        return finish()

    problems += theme.check_logo(campaign.info)
    problems += sample.left(campaign, snapshot)
    campaign = agreed(campaign, date.max if options.future else options.today)
    problems += _breaches(campaign, database)
    holds = visibility.holds(campaign, options.now)
    posts = campaign.posts
    campaign = visibility.visible(campaign, holds.since, drafts=options.drafts, future=options.future)
    hidden += [posts[id] for id in posts.keys() - campaign.posts.keys()]
    texts = Texts(campaign, snapshot, database)
    texts.convert(options.jobs, options.progress("convert", len(texts.by_url)), options.cluster)
    if fails(problems):
        problems += texts.check(visibility.plausible(campaign, texts), snapshot)
        return finish()

    own = not campaign.info.sample and theme.brings("share.png")
    index = planning.look_up(campaign, texts, options.base_url, own_share=own)
    plan, unplanned = planning.plan(index, database)
    problems += texts.check(plan.pages.__contains__, snapshot, theme.renamed)
    plan = search.extended(plan, texts, database, options.jobs, options.cluster)
    try:
        done = renderer.render(plan, theme, texts, store, options.jobs, options.progress, options.cluster)
        problems += done.problems
        problems += _personal(done, plan, theme, campaign, snapshot, store, unplanned)
        misplaced = publication.misplaced(options.root, options.out)
        problems += [misplaced] if misplaced else []
        if options.dry or fails(problems, strict=options.strict):
            return finish(len(plan.pages))
        renderer.draw(done, store, options.jobs, options.progress)
    except SpoolError as error:
        problems += unplanned
        problems.append(Diagnostic("PUB-10", Place(error.folder), {"why": error.why}))
        return finish(len(plan.pages))
    counts = store.publish(done.files, done.traces, done.common, campaign.info.site.foreign)
    if isinstance(counts, Diagnostic):
        problems.append(counts)
        return finish(len(plan.pages))
    return finish(len(plan.pages), counts, done.reasons)


def _personal(
    done: renderer.Rendering,
    plan: planning.Plan,
    theme: Theme,
    campaign: Campaign,
    snapshot: Snapshot,
    store: Store,
    planned: list[Diagnostic],
) -> list[Diagnostic]:
    """What was found while planning, and by the privacy gate in what is about to be published.

    And what is wrong with the waivers of both.
    """

    def origin(url: str) -> Place:
        return plan.page(url).place if url in plan.pages else Place(theme.path(url))

    checksums = {url: trace.checksum for url, trace in done.traces.items()}
    published, (_, last) = Published(done.files, checksums, store.held, origin), store.before()
    found, looked = gate.check(published, last.looked if last else None, snapshot, campaign, store.database)
    done.common = replace(done.common, looked=looked)
    found = [*planned, *found]
    if not found and not campaign.info.waivers:
        return []
    from honorroll.checks import waivers

    return waivers.apply(campaign, found, gate=True)


def _breaches(campaign: Campaign, database: Database) -> list[Diagnostic]:
    """What the rules find. Nothing, if they found nothing the last time and the records say the same today."""
    clean, fingerprint = database.table("rules", str), campaign.fingerprint
    if clean.get("none broken by") == fingerprint:
        return []
    from honorroll.checks import rules, waivers

    found = waivers.apply(campaign, rules.check(campaign))
    if not found:
        clean.put("none broken by", fingerprint)
    return found
