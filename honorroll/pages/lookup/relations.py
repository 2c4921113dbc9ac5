"""Who belongs to whom: projects, awards, deeds, companies and documents. Each look goes by way of the index and is noted."""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from honorroll.model import Award, AwardState, Campaign, Deed, Notice, Project, Status, status


class Ties(Struct, frozen=True):
    """Looked up by the page builders. `by` gives the records of a group (`tracked.GROUPS`) that share a key."""

    campaign: Campaign
    by: Callable[[str, str], tuple[Any, ...]]

    def state(self, award: Award) -> AwardState:
        """How far an award has come."""
        return status.state(self.campaign, award)

    def status(self, project: Project) -> Status:
        """How far a project has come."""
        visits = (inspection.date for inspection in self.by("inspections by project", project.id))
        return status.status(self.campaign, project, visits, self.awards_of_project(project.id))

    def paper(self, id: str | None) -> Notice | None:
        """A document that is public."""
        return self.campaign.notices.get(id) if id else None

    def awards_of_paper(self, id: str) -> tuple[Award, ...]:
        """The awards that a document is about."""
        return self.by("awards by paper", id)

    def corrections(self, id: str) -> tuple[Notice, ...]:
        """The corrections of a document."""
        return self.by("notices by corrected", id)

    def awards_of_project(self, id: str) -> tuple[Award, ...]:
        """The awards of a project."""
        return self.by("awards by project", id)

    def awards_of_company(self, id: str) -> list[Award]:
        """Awards to a company, its projects and its guards."""
        found = list(self.by("awards by org", id))
        for project in self.by("projects by company", id):
            found += self.awards_of_project(project.id)
        for person in self.by("persons by org", id):
            found += self.by("awards by person", person.id)
        return found

    def deeds_of_project(self, id: str) -> list[Deed]:
        """Deeds done in a project, then those that speak for it."""
        found = {deed.id: deed for deed in self.by("deeds by project", id)}
        merits = (merit.deed for merit in self.campaign.projects[id].merits if merit.deed)
        found |= {deed: self.campaign.deeds[deed] for deed in merits if deed in self.campaign.deeds}
        return list(found.values())

    def deeds_of_award(self, award: Award) -> Iterable[Deed]:
        """Deeds of the recipient; not of one who stays unnamed."""
        if award.project:
            return self.deeds_of_project(award.project)
        is_told = award.person is not None and self.campaign.persons[award.person].is_told
        return self.by("deeds by person", award.person) if award.person and is_told else ()

    def awards_of_deed(self, deed: Deed) -> list[Award]:
        """Awards to those of whom a deed tells: the same ties the other way."""
        projects = [deed.project] if deed.project in self.campaign.projects else []
        projects += [project.id for project in self.by("projects by merit", deed.id)]
        found = [award for id in dict.fromkeys(projects) if id for award in self.awards_of_project(id)]
        for id in deed.persons:
            if self.campaign.persons[id].is_told:
                found += self.by("awards by person", id)
        return found

    def company_of(self, award: Award) -> str | None:
        """The company that an award goes to, or to whose project or guard."""
        if award.project:
            return self.campaign.projects[award.project].company
        return award.org or (self.campaign.persons[award.person].org if award.person else None)


def papers_of(award: Award) -> list[str]:
    """The documents about an award."""
    known = (award.notice, award.decision, award.refused and award.refused.notice)
    return [id for id in (*known, award.revoked and award.revoked.notice) if id]
