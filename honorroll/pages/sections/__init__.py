"""The sections of the site. Each module here is one, and says by its `SECTION` what it brings."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules

from honorroll.model import Campaign
from honorroll.pages.files.datasets import Dataset
from honorroll.pages.page import HOME, Section
from honorroll.pages.parts import Link


def _sections() -> Iterator[tuple[str, Section]]:
    for module in iter_modules(__path__):
        yield module.name, import_module(f"{__name__}.{module.name}").SECTION


#: The sections by the names of their modules, in their order.
SECTIONS: Mapping[str, Section] = dict(sorted(_sections(), key=lambda item: item[1].order))

#: The open data by name, in the order of the sections.
DATASETS: Mapping[str, Dataset] = {dataset.name: dataset for own in SECTIONS.values() for dataset in own.data}


def datasets(campaign: Campaign) -> tuple[str, ...]:
    """The names of the open data that have any rows."""
    return tuple(dataset.name for own in SECTIONS.values() if own.has_content(campaign) for dataset in own.data)


def menu(campaign: Campaign) -> Iterator[Link]:
    """The sections that have content, then the articles that are to stand beside them."""
    yield HOME
    yield from (own.menu for own in SECTIONS.values() if own.menu and own.has_content(campaign))
    yield from (Link(page.nav, f"{page.id}.html") for page in campaign.articles.values() if page.nav)
