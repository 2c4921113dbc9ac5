"""Every Markdown text of the campaign: converted once, and its links checked."""

import gc
import re
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from functools import cached_property, partial
from itertools import chain
from posixpath import relpath

import msgspec
from markupsafe import Markup
from msgspec import Struct

from honorroll import parallel
from honorroll.content import gallery, image_sizes, text_fields
from honorroll.content.document import Outline, Reference, Rendered, TextKey
from honorroll.content.image_probe import Fault, Picture, measure, published
from honorroll.content.text_fields import Text
from honorroll.diagnostics import TOLD, Diagnostic, Place, closest
from honorroll.filesystem import Snapshot
from honorroll.fingerprint import fingerprint
from honorroll.incremental import Database, Derived
from honorroll.inputs import front_matter, layout
from honorroll.model import Campaign, Post, Record, urls

#: The beginning of an outer address without `https://`, or with the colon of a Chinese keyboard.
_HOST = re.compile(r"(?:https?:/*)?(?:www\.|(?:[\w-]+\.)+(?:com|cn|org|net)(?:[/:]|$))", re.ASCII | re.IGNORECASE)


class Known(Struct, frozen=True, gc=False, array_like=True):
    """What the checks of every build need of a text: what it was made from, and where its links lead.

    The rest of its outline is wanted for few texts, so it stays packed.
    """

    path: str
    fingerprint: str
    pictures: tuple[tuple[str, Picture | None], ...]
    leads: tuple[tuple[str, str], ...]
    """The addresses and fragments that must be there; an empty address for a link that cannot be right."""
    has_remarks: bool
    packed: bytes

    @property
    def total(self) -> str:
        """Fingerprint of all that the HTML depends on, beside its address, its path and this program."""
        return self.fingerprint + fingerprint(repr(self.pictures).encode()) if self.pictures else self.fingerprint

    @property
    def outline(self) -> Outline:
        """Headings, number of words, links."""
        return _unpack(self.packed)


_pack, _unpack = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(Outline).decode


class Texts:
    """All texts by the address of their page, and what has become of them; of the `last` ones, what has not changed."""

    def __init__(self, campaign: Campaign, snapshot: Snapshot, database: Database) -> None:
        self._campaign, self._database, self._snapshot = campaign, database, snapshot
        self._known = database.table("texts", Known)
        self._sizes = database.table("sizes of pictures", tuple[int, int])
        self.pictures: dict[str, Picture] = {}
        self.problems: list[Diagnostic] = []
        self._sources = campaign.pictures
        self._broken: set[str] = set()
        self._faults: dict[str, Fault] = {}
        self.by_url = text_fields.records(campaign)
        self._photos = [*text_fields.photos(campaign)]
        self._made: dict[str, Known] = {}
        self._guesses: dict[tuple[str, str], str] = {}

    def picture(self, path: str, place: Place) -> Picture | None:
        """A picture by its path, marked as used; none when there is no such file or it is no picture."""
        source = self._sources.get(path)
        if source and path not in self.pictures and path not in self._broken:
            found = self._sizes.get(source.fingerprint) or self._faults[source.fingerprint]
            if isinstance(found, Fault):
                self.problems.append(Diagnostic(found.rule, Place(path), {**found.args, "other": place}))
                self._broken.add(path)
            else:
                self.pictures[path] = published(source.fingerprint, *found)
        return self.pictures.get(path)

    def convert(
        self, jobs: int, step: Callable[[], None] = lambda: None, cluster: parallel.Workers | None = None
    ) -> None:
        """Convert all texts that are new, with several processes when there are many; and measure new pictures."""
        self._measure(jobs)
        known, waiting = self._known.values, list[Text]()
        for url, record in self.by_url.items():
            found = known.get(url)
            if (
                found
                and found.path == record.path
                and found.fingerprint == self._digest(record)
                and (not found.pictures or self._has_same(url, found))
            ):
                self._made[url] = found
            else:
                waiting.append(self._text(url))
        for text, new, html in self._conversions(waiting, jobs, cluster):
            self._known.put(text.url, new)
            self._database.store(f"text {text.url}", f"{new.path} {new.total}", html)
            self._made[text.url] = new
            step()
        self._known.retain(self.by_url.keys())

    def _has_same(self, url: str, known: Known) -> bool:
        """Whether the pictures of a text are what they were."""
        return known.pictures == self._pictures(self._text(url), dict(known.pictures))

    def _text(self, url: str) -> Text:
        record = self.by_url[url]
        return Text(url, record, record.text_field)

    def _measure(self, jobs: int) -> None:
        new = {
            source.fingerprint: source
            for source in self._sources.values()
            if source.fingerprint not in self._sizes.values
        }
        if new:
            from concurrent.futures import ThreadPoolExecutor

            with ThreadPoolExecutor(jobs) as pool:
                sizes = pool.map(lambda source: measure(source.data), new.values())
                for fingerprint, size in zip(new, sizes, strict=True):
                    if isinstance(size, Fault):
                        self._faults[fingerprint] = size  # not kept: the next build may know more formats
                    else:
                        self._sizes.put(fingerprint, size)

    def _digest(self, record: Record) -> str:
        """Fingerprint of what a text is written in: its record, or its Markdown file."""
        path = record.path
        if not path.endswith(".md"):
            return record.fingerprint
        own = self._snapshot.files[path].fingerprint
        pictures = self._gallery(record)
        return own + fingerprint("\n".join(pictures).encode()) if pictures else own

    def _gallery(self, record: Record) -> list[str]:
        """The pictures beside a post that shows all of them, by path; none of another text."""
        return self._beside(record.path) if isinstance(record, Post) and record.gallery else []

    def _beside(self, path: str) -> list[str]:
        """The pictures in the folder of a post that has one, by path."""
        folder = path.removesuffix("index.md")
        if folder == path:
            return []
        return [each for each in self._by_folder.get(folder, ()) if each not in self._broken]

    @cached_property
    def _by_folder(self) -> Mapping[str, list[str]]:
        """All pictures, by the folder in which they lie."""
        found: dict[str, list[str]] = {}
        for path in self._sources:
            found.setdefault(path[: path.rfind("/") + 1], []).append(path)
        return found

    def _pictures(self, text: Text, targets: Iterable[str]) -> tuple[tuple[str, Picture | None], ...]:
        return tuple((target, self.shown(target, text.place)) for target in targets)

    def shown(self, target: str, place: Place) -> Picture | None:
        """The picture that an address at `place` means, marked as used."""
        return self.picture(self._path(target, place), place)

    def _path(self, target: str, place: Place) -> str:
        """The path of the picture that an address means; of none there, the likeliest."""
        return urls.picture(place.path, target, self._campaign.pictures)

    def _conversions(
        self, waiting: list[Text], jobs: int, cluster: parallel.Workers | None
    ) -> Iterator[tuple[Text, Known, str]]:
        if not waiting:
            return
        if len(waiting) >= parallel.MANY:
            gc.enable()  # so many leave much behind
        convert, work = partial(_convert, pictures=self._measured()), map(self._work, waiting)
        yield from self._joined(
            waiting, parallel.each(convert, work, len(waiting), jobs, picklable=True, cluster=cluster)
        )

    def _measured(self) -> dict[str, Picture]:
        """All pictures that can be shown, by path."""
        sizes = {path: self._sizes.get(source.fingerprint) for path, source in self._sources.items()}
        return {path: published(self._sources[path].fingerprint, *size) for path, size in sizes.items() if size}

    def _work(self, text: Text) -> tuple[str, str, str]:
        """A text, the path of its file and its address. Raises `MovedError` when the file is no longer as it was."""
        return getattr(text.record, text.field) if text.field else self._body(text), text.place.path, text.url

    def _body(self, text: Text) -> str:
        path = text.record.path
        parts = front_matter.split(path, self._snapshot.files[path].text)
        body = "" if isinstance(parts, Diagnostic) else parts.body
        pictures = self._gallery(text.record)
        return body + gallery.markdown(body, text.record, pictures) if pictures else body

    def _joined(self, texts: Iterable[Text], done: Iterable[Rendered]) -> Iterator[tuple[Text, Known, str]]:
        for text, rendered in zip(texts, done, strict=True):
            outline = rendered.outline
            leads = dict.fromkeys(("", "") if link.rule else (link.url, link.fragment) for link in outline.links)
            pictures = self._pictures(text, outline.pictures)
            path, has_remarks = text.place.path, bool(outline.remarks)
            known = Known(path, self._digest(text.record), pictures, tuple(leads), has_remarks, _pack(outline))
            yield text, known, str(rendered.html)

    @property
    def totals(self) -> Mapping[str, str]:
        """By the address of its page, fingerprint of what a text is made from."""
        return {url: known.total for url, known in self._made.items()}

    @property
    def stored(self) -> Iterator[str]:
        """The keys of the HTML of all texts in the database."""
        return (f"text {url}" for url in self._known.values)

    def key(self, url: str) -> TextKey:
        """The text of the page at `url`, as its template names it."""
        known = self._made[url]
        return TextKey(url, known.fingerprint, known.pictures)

    def rendered(self, url: str) -> Rendered:
        """The text of the page at `url`."""
        known = self._made[url]
        html = self._database.load(f"text {url}", f"{known.path} {known.total}")
        if html is None:
            return _convert(self._work(self._text(url)), self._measured())
        return Rendered(Markup(html), known.outline)

    def derived(self) -> Iterator[Derived]:
        """The sizes of the pictures in use, of equal ones once."""
        for path, picture in {picture.stem: (path, picture) for path, picture in self.pictures.items()}.values():
            names = image_sizes.names(picture.stem, picture.width)
            yield Derived(names, image_sizes.make, (self._sources[path],), picture.fingerprint)

    def check(
        self, is_page: Callable[[str], bool], snapshot: Snapshot, renamed: Container[str] = ()
    ) -> Iterator[Diagnostic]:
        """Broken links, fragments and pictures (MDN rules).

        Args:
            is_page: tells whether a page of an address exists.
            snapshot: the inputs.
            renamed: static files that are published under another address only.
        """
        for photo, place, record in self._photos:
            if not self.shown(photo.src, place) and not self._is_told(self._path(photo.src, place), snapshot):
                rule = self._rule_of_lost(self._path(photo.src, place), snapshot)
                near = (photo.src, self._names) if rule == "MDN-02" else None
                yield Diagnostic(rule, place.inside("src"), {"target": photo.src}, record, near=near)

        def known(url: str) -> bool:
            return is_page(url) or (url.startswith("static/") and url in snapshot.files and url not in renamed)

        leads = {*chain.from_iterable(made.leads for made in self._made.values())}
        wrong = {(url, part) for url, part in leads if not url or not known(url) or (part and not self._has(url, part))}
        for url, made in self._made.items() if wrong else ():
            if not wrong.isdisjoint(made.leads):
                yield from self._broken_links(self._text(url), known, snapshot)
        yield from self._unshown()
        for url, made in self._made.items():
            if made.has_remarks:
                yield from self._remarks(self._text(url), snapshot)
        yield from self.problems

    def _unshown(self) -> Iterator[Diagnostic]:
        """PIC-06: pictures in the folder of a post that no text shows."""
        for post in self._campaign.posts.values():
            for path in self._beside(post.path):
                if path not in self.pictures:
                    name = path.rpartition("/")[2]
                    yield Diagnostic("PIC-06", Place(path), {"name": name, "file": post.path})

    def _remarks(self, text: Text, snapshot: Snapshot) -> Iterator[Diagnostic]:
        """What is to be told of a text itself."""
        place_of = text_fields.finder(text.place, snapshot)
        for remark in self._made[text.url].outline.remarks:
            yield Diagnostic(remark.rule, place_of(remark.spot), {"what": remark.what}, text_fields.name(text.record))

    def _broken_links(self, text: Text, known: Callable[[str], bool], snapshot: Snapshot) -> Iterator[Diagnostic]:
        place_of = text_fields.finder(text.place, snapshot)
        for link in self._made[text.url].outline.links:
            rule = link.rule
            if rule == "MDN-02":
                path = self._path(link.target, text.place)
                if self._is_told(path, snapshot):
                    continue
                rule = self._rule_of_lost(path, snapshot)
            if not rule and not known(link.url):
                rule = "MDN-01"
            if not rule and link.fragment and not self._has(link.url, link.fragment):
                rule = "MDN-04"
            if rule:
                place, name = place_of(link.spot), text_fields.name(text.record)
                guess, near = self._guess(rule, link, text, known), self._near(rule, link)
                yield Diagnostic(rule, place, {"target": link.target}, name, guess, near=near)

    def _is_told(self, path: str, snapshot: Snapshot) -> bool:
        """Whether a picture is there, with a finding of its own."""
        return path in self._broken or path in snapshot.unread

    def _rule_of_lost(self, path: str, snapshot: Snapshot) -> str:
        """What is wrong where a picture is named that no page may show: there is none, or somebody in it has not agreed."""
        is_there = path in snapshot.files and path.lower().endswith(layout.PICTURES)
        return "PRV-25" if is_there else "MDN-02"

    def _has(self, url: str, id: str) -> bool:
        """Whether a page has a heading of that id; pages without a text are not asked."""
        return url not in self._made or any(heading.id == id for heading in self._made[url].outline.toc)

    def _guess(self, rule: str, link: Reference, text: Text, known: Callable[[str], bool]) -> str:
        """What a link of a text may mean, where that is not simply one of some known words."""
        if rule == "MDN-05":
            address = link.target.replace("：", ":")
            return f"https://{address.rpartition('//')[2]}" if _HOST.match(address) else ""
        kind, plain = link.target.partition(":")[0].lower(), link.target.partition("#")[0]
        if rule != "MDN-01" or not (near := self._closest(link.url, text.url, known)):
            return ""
        if kind in urls.FOLDERS:
            return f"{kind}:{near.removesuffix('.html').rpartition('/')[2]}"
        path = self.by_url[near].path
        is_file = plain.endswith(".md") and path.endswith(".md")
        return relpath(path, urls.beside(text.place.path, ".")) if is_file else ""

    def _closest(self, url: str, own: str, known: Callable[[str], bool]) -> str:
        """The page beside it that a link of the page `own` may mean. As many are looked for as are told."""
        if (url, own) not in self._guesses:
            folder = url.rpartition("/")[0]
            beside = (each for each in self.by_url if each.rpartition("/")[0] == folder and each != own and known(each))
            self._guesses[url, own] = closest(url, beside) if len(self._guesses) < TOLD else ""
        return self._guesses[url, own]

    def _near(self, rule: str, link: Reference) -> tuple[str, Collection[str]] | None:
        """The word of a link, and the known ones of which it may be a slip."""
        if rule == "MDN-04":
            return link.fragment, [heading.id for heading in self._made[link.url].outline.toc]
        return (link.target, self._names) if rule == "MDN-02" else None

    @cached_property
    def _names(self) -> list[str]:
        """The names of all pictures."""
        return [path.rpartition("/")[2] for path in self._sources]


def _convert(work: tuple[str, str, str], pictures: Mapping[str, Picture]) -> Rendered:
    from honorroll.content import markdown  # takes long to load, and mostly few texts are new, or none

    return markdown.render(*work, pictures)
