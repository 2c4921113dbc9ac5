from conftest import Project

from honorroll.diagnostics import Severity

BOTH = "voluntary: 是"
WHY = "reason: 名册还没有送到, until: 2022-11-01"


def waive(project: Project, *waivers: str) -> None:
    lines = "".join(f"  - {{{waiver}, {WHY}}}\n" for waiver in waivers)
    project.write("data/campaign.yaml", project.read("data/campaign.yaml") + "waivers:\n" + lines)


def found(project: Project, **options: object) -> list[tuple[str, str, Severity]]:
    findings = project.build(**options).findings
    return [(f.diagnostic.rule, f.diagnostic.record, f.severity) for f in findings]


def test_a_waived_error_lets_the_site_be_published(project: Project) -> None:
    project.replace("data/teams.yaml", "headcount: 5", "headcount: 4")
    assert project.build().counts is None
    waive(project, "rule: PAT-03, record: t01")
    assert project.build(strict=True).counts is not None


def test_a_waiver_of_one_record_leaves_the_others(project: Project) -> None:
    project.replace("data/teams.yaml", BOTH, "voluntary: 否")
    waive(project, "rule: PAT-04, record: t02")
    assert found(project) == [
        ("PAT-04", "队伍“江边巡逻小组”", Severity.WARNING),
        ("PAT-04", "队伍“第一巡查组”", Severity.INFO),
    ]
    assert found(project, strict=True)[0][2] is Severity.ERROR


def test_a_waiver_may_name_a_file_and_overlap_another(project: Project) -> None:
    project.replace("data/teams.yaml", BOTH, "voluntary: 否")
    waive(project, "rule: PAT-04, record: data/teams.yaml", "rule: PAT-04, record: t01")
    assert [severity for _, _, severity in found(project)] == [Severity.INFO] * 2


def test_an_entry_of_a_ledger_goes_by_its_team_or_day(project: Project) -> None:
    project.replace("data/patrols.yaml", "hours: 4.5", "hours: 3")
    waive(project, "rule: PAT-06, record: t01", "rule: PAT-06, record: 2022-09-01")
    assert [(rule, severity) for rule, _, severity in found(project)] == [("PAT-06", Severity.INFO)]


def test_a_rule_of_the_campaign_itself_goes_by_its_id(project: Project) -> None:
    project.replace("data/campaign.yaml", "end: 2099-12-31", "end: 2022-10-31")
    waive(project, "rule: SUM-02, record: demo")
    assert [(rule, severity) for rule, _, severity in found(project)] == [("SUM-02", Severity.INFO)]


def test_no_waiver_is_called_unused_while_records_cannot_be_read(project: Project) -> None:
    project.replace("data/teams.yaml", "headcount: 5", "headcount: 五")
    waive(project, "rule: PAT-04, record: t01")
    assert "WAI-04" not in {rule for rule, _, _ in found(project)}


def test_a_finding_says_why_it_is_let_pass(project: Project) -> None:
    project.replace("data/teams.yaml", "headcount: 5", "headcount: 4")
    waive(project, "rule: PAT-03")
    (finding,) = project.check().findings
    assert finding.message("zh").endswith("（豁免至 2022-11-01：名册还没有送到）")
    assert finding.message("en").endswith(" (waived until 2022-11-01: 名册还没有送到)")
