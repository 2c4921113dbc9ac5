"""Every Markdown text of the campaign: converted once, and its links checked."""

import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from posixpath import dirname
from typing import Any

from markupsafe import Markup

from honorroll import markup, urls
from honorroll.diagnostics import Diagnostic, Place, closest
from honorroll.load import Campaign
from honorroll.markup import Outline, Prose, Rendered
from honorroll.memos import Memos
from honorroll.model import Record
from honorroll.model.stories import Photo
from honorroll.pictures import Picture, read
from honorroll.source import Snapshot, digest

#: Below this many texts a pool of processes costs more than it saves.
POOL_FROM = 200


@dataclass(frozen=True, slots=True)
class Text:
    """A text, the page that shows it and where it was written."""

    prose: Prose
    url: str
    place: Place
    record: str


class Texts:
    """All texts by the address of their page, and what has become of them."""

    def __init__(self, campaign: Campaign, memos: Memos) -> None:
        self._memos = memos
        self.pictures: dict[str, Picture] = {}
        self.problems: list[Diagnostic] = []
        self._sources = campaign.pictures
        self._broken: set[str] = set()
        self._photos = list(_photos(campaign))
        self.by_url = {text.url: text for text in self._gather(campaign)}
        self._outlines: dict[str, Outline] = {}

    def _gather(self, campaign: Campaign) -> Iterator[Text]:
        tables: tuple[tuple[str, str, Iterable[Record]], ...] = (
            ("news", "body", campaign.posts.values()),
            ("deed", "story", campaign.deeds.values()),
            ("notice", "body", campaign.notices.values()),
            ("", "body", campaign.articles.values()),
        )
        for kind, field, records in tables:
            for record in records:
                id: str = record.id  # type: ignore[attr-defined]  # all four kinds have one
                url = urls.page(kind, id) if kind else f"{id}.html"
                place = record.at(field) if kind not in ("news", "") else record.at()
                yield self._text(getattr(record, field), url, place, _name(record))

    def _text(self, text: str, url: str, place: Place, record: str) -> Text:
        found: list[tuple[str, Picture]] = []
        for target in markup.picture_targets(text):
            picture = self.picture(urls.beside(place.path, target), place)
            if picture:
                found.append((target, picture))
        return Text(Prose(text, place.path, tuple(found)), url, place, record)

    def picture(self, path: str, place: Place) -> Picture | None:
        """A picture by its path, marked as used; none when there is no such file or it is no picture."""
        source = self._sources.get(path)
        if source and path not in self.pictures and path not in self._broken:
            picture = read(source)
            if isinstance(picture, Picture):
                self.pictures[path] = picture
            else:
                self.problems.append(Diagnostic("MDN-06", Place(path), {"why": picture, "other": place}))
                self._broken.add(path)
        return self.pictures.get(path)

    def convert(self, jobs: int, step: Callable[[], None] = lambda: None) -> None:
        """Convert all texts, with several processes when there are many."""
        waiting = []
        for text in self.by_url.values():
            known = self._memos.get("outline", _key(text))
            if known is None:
                waiting.append(text)
            else:
                self._outlines[text.url] = Outline.from_plain(known)
        for text, rendered in _conversions(waiting, jobs):
            self._memos.put("outline", _key(text), rendered.outline.as_plain())
            self._memos.put("html", _key(text), rendered.html)
            self._outlines[text.url] = rendered.outline
            step()

    def rendered(self, url: str) -> Rendered:
        """The text of the page at `url`."""
        text = self.by_url[url]
        html = self._memos.get("html", _key(text))
        return markup.render(text.prose, url) if html is None else Rendered(Markup(html), self._outlines[url])

    def check(self, known: Callable[[str], bool], snapshot: Snapshot) -> Iterator[Diagnostic]:
        """Broken links, fragments and pictures (MDN rules). `known` tells whether an address exists."""
        for photo, place, record in self._photos:
            path = urls.beside(place.path, photo.src)
            if not self.picture(path, place) and not self._is_told(path, snapshot):
                yield Diagnostic("MDN-02", place.inside("src"), {"target": photo.src}, record, self._near(photo.src))
        for text in self.by_url.values():
            for link in self._outlines[text.url].links:
                rule = link.rule
                if rule == "MDN-02" and self._is_told(urls.beside(text.place.path, link.target), snapshot):
                    continue
                if not rule and not known(link.url):
                    rule = "MDN-01"
                if not rule and link.fragment and link.url in self._outlines and not self._has(link.url, link.fragment):
                    rule = "MDN-04"
                if rule:
                    place = find(text.place, link.target, snapshot)
                    yield Diagnostic(rule, place, {"target": link.target}, text.record, self._guess(rule, link))
        yield from self.problems

    def _is_told(self, path: str, snapshot: Snapshot) -> bool:
        """Whether a picture is there, with a finding of its own."""
        return path in self._broken or path in snapshot.unread

    def _has(self, url: str, id: str) -> bool:
        return any(heading.id == id for heading in self._outlines[url].toc)

    def _guess(self, rule: str, link: markup.Reference) -> str:
        if rule == "MDN-01":
            near = closest(link.url, self.by_url)
            kind, _, _ = link.target.partition(":")
            inner = near.removesuffix(".html").rpartition("/")[2]
            folder, slash, name = link.target.partition("#")[0].rpartition("/")
            if near and name.endswith(".md") and dirname(near) == dirname(link.url):
                return f"{folder}{slash}{inner}.md"
            return f"{kind}:{inner}" if near and kind in urls.FOLDERS and near.startswith(urls.FOLDERS[kind]) else ""
        if rule == "MDN-04":
            return closest(link.fragment, [heading.id for heading in self._outlines[link.url].toc])
        if rule == "MDN-02":
            return self._near(link.target)
        return ""

    def _near(self, target: str) -> str:
        """The picture that `target` may mean."""
        near = closest(target, [path.rpartition("/")[2] for path in self._sources])
        return near if near != target else ""


def _photos(campaign: Campaign) -> Iterator[tuple[Photo, Place, str]]:
    """The pictures that posts and deeds name outside their text."""
    for post in campaign.posts.values():
        if post.image:
            yield post.image, post.at("image"), _name(post)
    for deed in campaign.deeds.values():
        yield from ((photo, deed.at("photos", at), _name(deed)) for at, photo in enumerate(deed.photos))


def _name(record: Any) -> str:
    return f"{record.label[0]}“{record.title}”"


def _key(text: Text) -> str:
    """All that a conversion depends on, beside this program."""
    return digest(f"{text.url}\n{text.prose!r}".encode())


def _conversions(waiting: list[Text], jobs: int) -> Iterator[tuple[Text, Rendered]]:
    work = [(text.prose, text.url) for text in waiting]
    if jobs > 1 and len(waiting) >= POOL_FROM:
        with ProcessPoolExecutor(jobs) as pool:
            yield from zip(waiting, pool.map(_convert, work, chunksize=50), strict=True)
    else:
        yield from zip(waiting, map(_convert, work), strict=True)


def _convert(work: tuple[Prose, str]) -> Rendered:
    return markup.render(*work)


def find(place: Place, needle: str, snapshot: Snapshot) -> Place:
    """Where a link target stands in the file of `place`; `place` itself when it cannot be found."""
    source = snapshot.files.get(place.path)
    if source is None:
        return place
    for number, line in enumerate(source.text.split("\n"), start=1):
        match = re.search(rf"\]\(<?({re.escape(needle)})(?=[\s)>])", line)
        if match:
            return replace(place, keys=(), line=number, column=match.start(1) + 1, length=len(needle))
    return place
