"""`schedule cron|systemd|actions`: what makes a machine deploy the site each day by itself, as its own files want it.

Daily rather than on the days that `--upcoming` lists: that list changes whenever the data do, and a run with nothing to
do ends at once. `deploy` checks and builds first, and sends nothing where anything is wrong.
"""

import getpass
import shlex
from pathlib import Path
from typing import Any

import click

from honorroll.checks import say
from honorroll.cli import deploying
from honorroll.cli.arguments import Session
from honorroll.filesystem import own_files
from honorroll.model import DeployTarget

#: Five past midnight in China: as systemd says it, and in UTC, which GitHub's schedules are in. The clock of cron may show
#: any zone, so there it runs each hour.
_SYSTEMD, _UTC, _HOURLY = "*-*-* 00:05:00 Asia/Shanghai", "5 16 * * *", "5 * * * *"

_SERVICE = """\
[Unit]
Description=Deploy the site to {target}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User={user}
WorkingDirectory={root}
ExecStart=/usr/bin/env {command}
"""
_TIMER = """\
[Unit]
Description=Deploy the site to {target} every day

[Timer]
OnCalendar={when}
Persistent=true

[Install]
WantedBy=timers.target
"""
_WORKFLOW = """\
name: deploy
on:
  schedule:
    - cron: "{when}"
  push:
    branches: [main]
    paths-ignore: ["data/published/**"]
  workflow_dispatch:
permissions: {{contents: write}}
concurrency: {{group: deploy, cancel-in-progress: false}}
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with: {{python-version: "3.12"}}
{install}      - run: {command}
{secrets}      - run: |
          git config user.name deploy
          git config user.email deploy@localhost
          git add --all data/published 2>/dev/null || true
          git diff --cached --quiet || {{ git commit -m "公布记录" && git push; }}
"""
_SECRETS = """\
        env:
          AWS_ACCESS_KEY_ID: ${{ secrets.AWS_ACCESS_KEY_ID }}
          AWS_SECRET_ACCESS_KEY: ${{ secrets.AWS_SECRET_ACCESS_KEY }}
"""


def run(session: Session, way: str, name: str, out: Path | None) -> int:
    """Print the files of a way, or write them into the folder `out`; the exit code."""
    campaign, target = deploying.declared_target(session, name)
    files = texts(way, session.root, target, sample=campaign.info.sample)
    for path, text in files.items():
        if out is None:
            click.echo(f"# {path}\n{text}" if len(files) > 1 else text, nl=False)
            continue
        file = out / Path(path).name
        try:
            out.mkdir(parents=True, exist_ok=True)
            own_files.put(file, text.encode())
        except OSError as error:
            raise click.UsageError(say("not_written", session.lang, file=file, why=error.strerror)) from None
        click.echo(say("wrote", session.lang, file=file))
    return 0


def texts(way: str, root: Path, target: DeployTarget, *, sample: bool) -> dict[str, str]:
    """The files of a way (`cron`, `systemd` or `actions`), by the path at which each is to stand."""
    program = "python3 build.py" if (root / "build.py").is_file() else "honorroll"
    command = f"{program} deploy {target.id} --quiet{' --sample' if sample else ''}"
    values: dict[str, Any] = {"target": target.id, "user": getpass.getuser()}
    folder = str(root.resolve())
    if way == "cron":
        there = shlex.quote(folder).replace("%", "\\%")  # cron makes line ends of those that stand alone
        return {"crontab": f"{_HOURLY} cd {there} && {command}\n"}
    if way == "systemd":
        name = f"/etc/systemd/system/honorroll-{target.id}"
        values |= {"root": folder.replace("%", "%%"), "command": command, "when": _SYSTEMD}
        return {f"{name}.service": _SERVICE.format(**values), f"{name}.timer": _TIMER.format(**values)}
    extra = "[deploy]" if target.kind == "对象存储" else ""
    install = "" if program != "honorroll" else f'      - run: pip install "honorroll{extra}"\n'
    secrets = _SECRETS if target.kind == "对象存储" else ""
    workflow = _WORKFLOW.format(when=_UTC, command=command, install=install, secrets=secrets)
    return {".github/workflows/deploy.yml": workflow}
