import json
import os
import re
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

import pytest
from conftest import Project

from honorroll.cli import commands
from honorroll.diagnostics import Diagnostic, Place

ROOT = Path(__file__).parent.parent


def run(project: Project, *args: str, **env: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, as its user runs it.

    With no environment of its own, and where a process can be forked, the program need not be loaded again.
    """
    clean = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "FORCE_COLOR", "SOURCE_DATE_EPOCH"}}
    if not env and hasattr(os, "fork"):
        return forked(project, args, clean)
    return subprocess.run(
        [sys.executable, "-m", "honorroll", *args],
        cwd=project.root,
        env=clean | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"} | env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def forked(project: Project, args: tuple[str, ...], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            code = 70
            try:
                os.chdir(project.root)
                os.environ.clear()
                os.environ.update(env)
                for number, file in ((1, out), (2, err)):
                    os.dup2(file.fileno(), number)
                sys.stdout, sys.stderr = (open(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))  # noqa: SIM115  # until the process ends
                code = commands.main([*args])
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else code
            except BaseException:  # noqa: BLE001  # it must not go on as a second run of all tests
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
        _, status = os.waitpid(child, 0)
        out.seek(0)
        err.seek(0)
        code = os.waitstatus_to_exitcode(status)
        return subprocess.CompletedProcess([*args], code, out.read().decode(), err.read().decode())


def test_building_is_the_default_and_ends_with_one_line_of_figures(project: Project) -> None:
    done = run(project)
    assert done.returncode == commands.FINE
    assert done.stderr == ""
    (line,) = done.stdout.splitlines()
    for word in ("页", "写入", "未变", "删除", "秒"):
        assert word in line
    assert (project.site / "index.html").is_file()


def test_options_without_a_verb_are_those_of_build(project: Project) -> None:
    done = run(project, "--out", "public", "--lang", "en")
    assert done.returncode == commands.FINE
    assert "files written" in done.stdout
    assert (project.root / "public" / "index.html").is_file()


def test_checking_writes_nothing(project: Project) -> None:
    before = sorted(project.root.rglob("*"))
    assert run(project, "check").returncode == commands.FINE
    assert sorted(project.root.rglob("*")) == before


def test_an_error_is_shown_in_the_editors_language(project: Project) -> None:
    project.replace("data/teams.yaml", "headcount: ", "headcount: 十#")
    done = run(project)
    assert done.returncode == commands.CONTENT
    assert "错误[SCH-07]" in done.stderr
    assert "data/teams.yaml:" in done.stderr
    assert "网站没有改动" in done.stderr
    assert done.stdout == ""
    assert "error[SCH-07]" in run(project, "--lang", "en").stderr
    assert "error[SCH-07]" in run(project, HONORROLL_LANG="en").stderr


def test_findings_as_json_are_one_object_a_line(project: Project) -> None:
    project.replace("data/teams.yaml", "headcount: ", "headcount: 十#")
    done = run(project, "--json")
    found = [json.loads(line) for line in done.stderr.splitlines()]
    assert found[0]["rule"] == "SCH-07"
    assert {"path", "line", "column", "severity", "message", "hint", "record"} <= found[0].keys()
    assert json.loads(done.stdout)["ok"] is False


def test_json_on_success_counts_files(project: Project) -> None:
    figures = json.loads(run(project, "--json").stdout)
    assert figures["ok"] is True
    assert figures["written"] > 0
    assert {"pages", "unchanged", "removed", "seconds"} <= figures.keys()


def test_the_formats_of_other_programs_go_to_standard_output_whole(project: Project) -> None:
    assert json.loads(run(project, "check", "--format", "sarif").stdout)["runs"][0]["results"] == []
    assert run(project, "check", "--format", "github").stdout == ""
    project.replace("data/teams.yaml", "headcount: ", "headcount: 十#")
    for verb in ("build", "check"):
        done = run(project, verb, "--format", "sarif")
        assert done.returncode == commands.CONTENT
        assert json.loads(done.stdout)["runs"][0]["results"][0]["ruleId"] == "SCH-07"
        assert "SCH-07" not in done.stderr
        for line in run(project, verb, "--format", "github").stdout.splitlines():
            assert line.startswith("::error file=data/teams.yaml,line=")
        assert run(project, verb, "--format", "json").stderr == run(project, verb, "--json").stderr
        assert "错误[SCH-07]" in run(project, verb, "--format", "text").stderr


def test_a_rule_is_explained(project: Project) -> None:
    done = run(project, "check", "--explain", "ref-01")
    assert done.returncode == commands.FINE
    assert done.stdout.startswith("REF-01  错误  找不到“…”\n\n说明\n  ")
    for part in ("错误的写法\n  liaison: hss\n", "正确的写法\n  liaison: hs\n", "怎么改\n  应当是"):
        assert part in done.stdout
    english = run(project, "check", "--explain", "SRC-01", "--lang", "en").stdout
    assert english.startswith("SRC-01  error  cannot read this file: …\n\nWhat it asks for\n  ")
    assert not any("\u4e00" <= c <= "\u9fff" for c in english)


def test_an_unknown_rule_is_guessed(project: Project) -> None:
    done = run(project, "check", "--explain", "REF-0l")
    assert done.returncode == commands.USAGE
    assert "没有规则“REF-0l”（是不是 REF-01？）" in done.stderr


def test_schemas_are_written_where_the_data_files_look_for_them(project: Project) -> None:
    assert run(project, "check", "--schema", "--lang", "en").returncode == commands.FINE
    assert (project.root / ".vscode" / "schemas" / "teams.json").is_file()
    assert run(project, "check", "--schema", "elsewhere").returncode == commands.FINE
    assert (project.root / "elsewhere" / "posts.json").is_file()
    done = run(project, "check", "--schema", "data/teams.yaml")
    assert done.returncode == commands.USAGE
    assert "Traceback" not in done.stderr


def test_a_report_is_written_beside_the_findings(project: Project) -> None:
    project.replace("data/teams.yaml", "headcount: ", "headcount: 十#")
    done = run(project, "check", "--report", "reports/today.html")
    assert done.returncode == commands.CONTENT
    assert "错误[SCH-07]" in done.stderr
    assert "SCH-07" in project.read("reports/today.html")


@pytest.mark.parametrize(
    "file", ["site/report.html", "static/report.html", "data/report.html", "report.txt", "public/in/report.html"]
)
def test_a_report_is_never_published_nor_read(project: Project, file: str) -> None:
    assert run(project, "--out", "public").returncode == commands.FINE
    done = run(project, "check", "--report", file)
    assert done.returncode == commands.USAGE
    assert not (project.root / file).exists()


@pytest.mark.parametrize(
    "args",
    [
        ["--format", "xml"],
        ["--stirct"],
        ["--today", "2022-13-01"],
        ["--today", "20221101"],
        ["--base-url", "example.org"],
        ["--jobs", "0"],
        ["biuld"],
        ["new"],
        ["--out"],
        ["--lang", "fr"],
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_code_two(project: Project, args: list[str]) -> None:
    done = run(project, *args)
    assert done.returncode == commands.USAGE
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert not project.site.exists()


#: What is wrong in a command line, and what is said in Chinese and English.
WRONG = [
    (["new"], "new 后面要写文件夹的名称：", "new needs the name of a folder: "),
    (["new", "我的", "站"], "new 后面多了“站”；", "`站` is too much after new; "),
    (["new", "a", "b", "c"], "new 后面多了“b c”；", "`b c` is too much after new; "),
    (["check", "content"], "check 后面多了“content”；", "`content` is too much after check; "),
    (["--out"], "选项 --out 后面要写值", "the option --out needs a value"),
    (["--strict=1"], "选项 --strict 后面不能写值", "the option --strict takes no value"),
    (["--format", "xml"], "只能是 text、json、github、sarif", "one of text, json, github, sarif"),
    (["--jobs", "0"], "应当是 1 到 64 的整数", "a whole number from 1 to 64"),
    (["serve", "--port", "x"], "应当是 1 到 65535 的整数", "a whole number from 1 to 65535"),
]


@pytest.mark.parametrize(("args", "chinese", "english"), WRONG, ids=[" ".join(args) for args, *_ in WRONG])
def test_wrong_usage_is_told_in_the_language_asked_for(
    args: list[str], chinese: str, english: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for lang, said in (("zh", chinese), ("en", english)):
        assert (
            commands.main(
                [*args[:1], "--lang", lang, *args[1:]] if args[0][0] != "-" else ["--lang", lang, *args], tmp_path
            )
            == 2
        )
        told = capsys.readouterr().err
        assert said in told
        assert lang == "en" or not re.search(r"[a-z]+ [a-z]+ [a-z]+ [a-z]+", told), told


def test_an_unknown_option_is_guessed(project: Project) -> None:
    assert "--strict" in run(project, "--stirct").stderr


def test_an_unknown_verb_is_guessed(project: Project) -> None:
    done = run(project, "biuld")
    assert done.returncode == 2
    assert done.stderr == "用法有误：没有命令 biuld（是不是 build？）。用 --help 查看用法。\n"


def test_of_many_findings_people_are_shown_the_first_and_machines_all(project: Project) -> None:
    """The errors come first, and none is hidden behind warnings."""
    team = "- id: x{0}\n  name: 第{0}组\n  type: 没有的\n  org: xh\n  headcount: 3\n"
    project.write("data/teams/more.yaml", "".join(map(team.format, range(70))))
    project.write(
        "data/patrols/2022-09.yaml", "- {date: 2022-09-10, team: t01, hours: 1, area: 江边街道}\n"
    )  # a warning
    told = run(project, "check").stderr
    assert told.count("错误[") == 50
    assert "警告[" not in told
    assert "另有 21 条没有列出来" in told
    assert "有 70 个错误，1 个警告" in told
    assert len(run(project, "check", "--json").stderr.splitlines()) == 71


def test_help_speaks_both_languages(project: Project) -> None:
    assert "生成网站" in run(project, "--help").stdout
    english = run(project, "--lang", "en", "build", "--help").stdout
    assert "build the site" in english
    assert not any("\u4e00" <= c <= "\u9fff" for c in english)
    assert run(project, "--version").stdout.startswith("honorroll ")


def test_quiet_says_nothing_when_all_is_well(project: Project) -> None:
    done = run(project, "-q")
    assert (done.stdout, done.stderr) == ("", "")
    assert "Python" in run(project, "-v").stderr


def test_colour_follows_the_environment(project: Project) -> None:
    project.replace("data/teams.yaml", "headcount: ", "headcount: 十#")
    assert "\x1b[" not in run(project).stderr
    assert "\x1b[31m" in run(project, FORCE_COLOR="1").stderr
    assert "\x1b[" not in run(project, FORCE_COLOR="1", NO_COLOR="1").stderr


def test_cleaning_removes_what_was_built_and_nothing_else(project: Project) -> None:
    run(project)
    (project.site / "mine.txt").write_text("mine")
    done = run(project, "clean")
    assert done.returncode == commands.FINE
    assert [path.name for path in project.site.iterdir()] == ["mine.txt"]
    assert not (project.root / ".cache").exists()


def test_cleaning_a_busy_folder_is_refused_in_words(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    run(project)
    busy = Diagnostic("PUB-02", Place("site"), {"why": "busy"})
    monkeypatch.setattr("honorroll.publish.remove", lambda _: busy)
    assert commands.main(["clean"], project.root) == commands.CONTENT
    assert (project.root / ".cache").exists()


def test_a_new_project_builds(project: Project, tmp_path: Path) -> None:
    assert run(project, "new", "--sample", str(tmp_path / "fresh")).returncode == commands.FINE
    fresh = Project(tmp_path / "fresh")
    assert run(fresh).returncode == commands.FINE
    assert (fresh.root / "data" / "../.vscode/schemas/teams.json").is_file()
    again = run(project, "new", "--sample", str(tmp_path / "fresh"))
    assert again.returncode == commands.USAGE


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["build"],
        ["check"],
        ["check", "--json"],
        ["check", "--report", "x.html"],
        ["serve", "--no-open"],
        ["clean"],
        ["build", "--upcoming"],
        ["--lang", "en", "serve"],
    ],
)
def test_outside_a_project_the_way_out_is_named(args: list[str], tmp_path: Path) -> None:
    (tmp_path / ".cache").mkdir()  # of somebody else
    done = run(Project(tmp_path), *args)
    assert done.returncode == commands.USAGE
    assert ("no project" if "en" in args else "没有项目") in done.stderr
    assert "new" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [".cache"]


def test_a_project_without_its_campaign_has_a_finding(project: Project) -> None:
    project.remove("data/campaign.yaml")
    done = run(project)
    assert done.returncode == commands.CONTENT
    assert "SRC-06" in done.stderr


def test_what_needs_no_project_works_anywhere(tmp_path: Path) -> None:
    assert run(Project(tmp_path), "check", "--explain", "SRC-06").returncode == commands.FINE
    assert run(Project(tmp_path), "--help").returncode == commands.FINE
    assert run(Project(tmp_path), "new", "--sample", "x").returncode == commands.FINE


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (["--lang", "en", "check"], "All fine"),
        (["--lang=en", "check"], "All fine"),
        (["check", "--lang", "en"], "All fine"),
        (["check", "--lang=EN"], "All fine"),
        (["--lang", "en", "--strict", "check", "--jobs", "1"], "All fine"),
        (["--jobs", "1", "--lang", "en", "check"], "All fine"),
        (["--today", "2022-11-01", "check", "--lang", "en"], "All fine"),
        (["--json", "check"], '"ok": true'),
        (["--format", "sarif", "check"], '"runs"'),
        (["-v", "--lang", "en", "check"], "All fine"),
        (["--explain", "SRC-06", "check"], "SRC-06"),
        (["--lang", "en", "--jobs", "1"], "files written"),
        (["--out", "check", "--lang", "en"], "files written"),
        (["--out=check", "--lang", "en", "build"], "files written"),
        (["--upcoming", "1", "--lang", "en", "build"], "No file will change"),
        (["--upcoming", "--lang", "en", "build"], ""),
        (["--upcoming", "build", "--lang", "en"], ""),
        (["--lang", "en", "clean"], "deleted"),
        (["--lang", "en", "new", "--sample", "x"], "Made x"),
        (["new", "--lang", "en", "x", "--sample"], "Made x"),
        (["--lang", "en", "-h"], "The default verb is build"),
        (["-h", "--lang", "en"], "The default verb is build"),
        (["-h"], "不写命令就是 build"),
        (["--lang", "en", "-h", "check"], "Check only"),
        (["-h", "serve"], "在本机预览"),
        (["serve", "-h", "--lang=en"], "Preview on this machine"),
        (["--lang", "en", "--version"], "honorroll "),
    ],
    ids=" ".join,
)
def test_options_stand_before_and_after_the_verb(args: list[str], word: str, project: Project) -> None:
    done = run(project, *args)
    assert done.returncode == commands.FINE, done.stderr
    assert word in done.stdout


@pytest.mark.parametrize(
    "args", [["--lang", "en", "chekc"], ["--jobs", "1", "biuld"], ["--stirct", "check"], ["--lang", "check"]]
)
def test_a_wrong_word_after_options_is_named(args: list[str], project: Project) -> None:
    done = run(project, *args)
    assert done.returncode == commands.USAGE
    assert len(done.stderr.splitlines()) == 1
    assert not project.site.exists()


def test_what_a_new_project_tells_to_run_can_be_run(tmp_path: Path) -> None:
    for words in ([sys.executable, "-m", "honorroll"], [sys.executable, str(ROOT / "build.py")]):
        folder = tmp_path / str(len(words[1]))
        env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
        told = subprocess.run(
            [*words, "new", str(folder), "--sample"], cwd=tmp_path, env=env, capture_output=True, check=True
        )
        *_, move, command = told.stdout.decode().split("\n  ")
        assert move == f"cd {folder}"
        line = f"{command.strip().replace('python3', sys.executable, 1)} --help"
        shown = subprocess.run(line.split(), cwd=folder, env=env, capture_output=True, check=True)
        assert "预览" in shown.stdout.decode()
        check = line.replace("serve --help", "check --jobs 1").split()
        assert subprocess.run(check, cwd=folder, env=env, capture_output=True, check=False).returncode == commands.FINE


def test_a_new_project_that_cannot_be_written_is_a_sentence(project: Project) -> None:
    project.write("file", "x")
    done = run(project, "new", "file/x", "--sample")
    assert done.returncode == commands.USAGE
    assert len(done.stderr.splitlines()) == 1


def test_an_internal_error_is_a_sentence_and_a_log(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("honorroll.engine.pipeline.build", broken)
    assert commands.main([], project.root) == commands.INTERNAL
    assert "a bug" in (project.root / ".cache" / "honorroll-error.log").read_text(encoding="utf-8")


def test_an_interrupt_is_a_sentence(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("honorroll.engine.pipeline.build", interrupted)
    assert commands.main([], project.root) == commands.INTERRUPTED


def test_messages_survive_a_console_that_cannot_show_chinese(project: Project) -> None:
    project.replace("data/teams.yaml", "headcount: ", "headcount: 十#")
    done = run(project, PYTHONIOENCODING="ascii")
    assert done.returncode == commands.CONTENT
    assert "SCH-07" in done.stderr


def test_a_long_build_shows_a_bar_on_a_terminal_only(project: Project) -> None:
    pytest.importorskip("pty", reason="needs a terminal, which Windows has no pty for")
    import pty

    for number in range(210):
        text = f"---\ntitle: 第{number}条\ndate: 2022-09-01\n---\n\n正文。\n"
        project.write(f"content/news/n{number}.md", text)
    leader, follower = pty.openpty()
    env = os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm"}
    process = subprocess.Popen(
        [sys.executable, "-m", "honorroll"], cwd=project.root, env=env, stdout=subprocess.PIPE, stderr=follower
    )
    os.close(follower)
    seen = b""
    while True:
        try:
            chunk = os.read(leader, 65536)
        except OSError:
            break
        if not chunk:
            break
        seen += chunk
    process.communicate()
    os.close(leader)
    assert process.returncode == commands.FINE
    assert "正文".encode() in seen
    assert "正文" not in run(project).stderr
