"""The kinds of record: each table of records, the file it is read from and its type."""

from honorroll.model.base import Record
from honorroll.model.campaign import Figure, Tag
from honorroll.model.contest import Award, Cycle, Notice, Project
from honorroll.model.patrols import Inspection, Patrol
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

#: Tables whose records are Markdown files below `content/`.
DOCUMENTS: dict[str, type[Record]] = {"posts": Post, "articles": Article}
