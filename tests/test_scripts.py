"""Scripts run in the old WebView of a telephone that is never updated: ECMAScript of 2018, its library included."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from reference import ROOT

#: What the library has gained since then, as far as anybody would use it here.
NEWER = re.compile(
    r"\.(at|flat|flatMap|matchAll|replaceAll|findLast|fromEntries|allSettled|trimEnd|trimStart)\(|globalThis"
)

PARSE = """
const [acorn, ...files] = process.argv.slice(1);
for (const file of files)
  require(acorn).parse(require("fs").readFileSync(file, "utf8"), {ecmaVersion: 2018, sourceType: "script"});
"""


def parse(*files: Path) -> str:
    """What the parser complains of."""
    acorn = os.environ.get("ACORN", "")
    if not Path(acorn).is_file():
        pytest.skip("ACORN does not name acorn.js, the parser of scripts")
    done = subprocess.run(
        ["node", "-e", PARSE, acorn, *map(str, files)], check=False, capture_output=True, text=True, timeout=60
    )
    return done.stderr if done.returncode else ""


def test_scripts_are_of_2018() -> None:
    scripts = sorted((ROOT / "static").glob("*.js"))
    assert len(scripts) >= 2
    assert parse(*scripts) == ""
    for script in scripts:
        assert NEWER.findall(script.read_text(encoding="utf-8")) == [], script.name


def test_a_newer_script_would_be_seen(tmp_path: Path) -> None:
    script = tmp_path / "new.js"
    script.write_text("const name = page?.name;", encoding="utf-8")
    assert "SyntaxError" in parse(script)
    assert NEWER.search("words.replaceAll('a', 'b')")
