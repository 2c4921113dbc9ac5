"""The campaign as frozen types. No module here reads a file or prints.

`TABLES` names every table of records: the file it is read from and its type.
"""

from honorroll.model.base import Record
from honorroll.model.campaign import CampaignInfo, Figure, Tag
from honorroll.model.contest import Award, Cycle, Notice, Project
from honorroll.model.duty import Inspection, Patrol
from honorroll.model.people import Org, Person, Team
from honorroll.model.stories import Article, Deed, Post

#: Tables of `data/NAME.yaml` or `data/NAME/*.yaml`.
TABLES: dict[str, type[Record]] = {
    "orgs": Org,
    "teams": Team,
    "persons": Person,
    "patrols": Patrol,
    "inspections": Inspection,
    "cycles": Cycle,
    "projects": Project,
    "deeds": Deed,
    "awards": Award,
    "notices": Notice,
    "figures": Figure,
    "tags": Tag,
}

__all__ = [
    "TABLES",
    "Article",
    "Award",
    "CampaignInfo",
    "Cycle",
    "Deed",
    "Figure",
    "Inspection",
    "Notice",
    "Org",
    "Patrol",
    "Person",
    "Post",
    "Project",
    "Record",
    "Tag",
    "Team",
]
