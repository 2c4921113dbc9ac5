"""`export`: the data as a workbook."""

from pathlib import Path

import click

from honorroll.checks import say
from honorroll.cli.arguments import Session, now, reason
from honorroll.cli.import_sheets import no_kind
from honorroll.filesystem import own_files


def run(session: Session, file: Path, only: str | None) -> int:
    """Write the workbook; the exit code."""
    from honorroll import inputs
    from honorroll.importer import ASKED_KINDS, KINDS, kind_of

    asked = [kind_of(one.strip()) or one for one in only.replace("，", ",").split(",")] if only else None
    for kind in asked or ():
        if kind not in KINDS:
            raise click.UsageError(no_kind(session, kind))
    if file.suffix.lower() != ".xlsx" or file.exists():
        raise click.UsageError(say("ex_place", session.lang, file=file))
    campaign, found = inputs.load(inputs.read(session.root)[0], now(session).date())
    if campaign is None or found:
        raise click.UsageError(say("ex_faults", session.lang, number=len(found)))
    try:
        from honorroll.importer import workbook_of
    except ModuleNotFoundError:
        raise click.UsageError(say("im_no_extra", session.lang)) from None
    data, number = workbook_of(campaign, asked or [kind for kind in KINDS if kind not in ASKED_KINDS])
    try:
        own_files.put(file, data)
    except OSError as error:
        raise click.UsageError(say("not_written", session.lang, file=file, why=reason(session, error))) from None
    click.echo(say("ex_wrote", session.lang, file=file, number=number))
    return 0
