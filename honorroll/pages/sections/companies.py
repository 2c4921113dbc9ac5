"""One page a security company: its projects, teams and awards in one place."""

from collections.abc import Iterator
from typing import NamedTuple

from honorroll.model import urls
from honorroll.pages.cards import AwardCard, ProjectCard, TeamCard
from honorroll.pages.contexts import Said, found_as, template
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Entry, Page, Section, article, entry, made
from honorroll.pages.parts import Fact, values
from honorroll.pages.sections import projects
from honorroll.pages.site_parts import AWARDS, CONTEST, TEAMS


@found_as("单位")
@template("company.html")
class CompanyPage(NamedTuple):
    """One security company."""

    name: str
    """Full name of the company."""
    facts: tuple[Fact, ...]
    """Region, office in the association."""
    awards: tuple[AwardCard, ...]
    """Awards to it, its projects and its guards."""
    projects: tuple[ProjectCard, ...]
    """Its contest projects."""
    teams: tuple[TeamCard, ...]
    """Its teams."""

    def said(self, description: str) -> Said:
        return Said(words=(description, *values(self.facts)))


def pages(index: Index) -> Iterator[Entry]:
    """A page for each security company that takes part: others would have an empty one."""
    for org in index.campaign.orgs.values():
        if org.kind == "保安公司" and (
            index.by("projects by company", org.id)
            or index.by("teams by org", org.id)
            or index.ties.awards_of_company(org.id)
        ):
            yield entry(urls.page("company", org.id), _company, org.id)


def _company(index: Index, id: str) -> Page:
    org, entered, teams = index.campaign.orgs[id], index.by("projects by company", id), index.by("teams by org", id)
    rows = (Fact("所在区县", org.region), Fact("协会职务", org.role))
    context = CompanyPage(
        name=org.name,
        facts=tuple(row for row in rows if row.value),
        awards=tuple(index.award_line(award) for award in index.ties.awards_of_company(id)),
        projects=tuple(projects.card(index, project) for project in entered),
        teams=tuple(index.team_card(team) for team in teams),
    )
    description = f"{org.name}参加{index.campaign.info.short_title}的项目、队伍和荣誉"
    url = urls.page("company", id)
    section = CONTEST if entered else TEAMS if teams else AWARDS
    return made(article(section, url, org.name, description), context, org)


SECTION = Section(pages, order=80)
