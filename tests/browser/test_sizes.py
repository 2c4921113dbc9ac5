"""Pictures are fetched as large as the layout shows them: sharp on any screen, and not much larger."""

from itertools import product
from pathlib import Path

import pytest
from conftest import sample
from reference import Site

from browser.chrome import Browser

#: Of each picture: the width that it is chosen in, its own full width, and the width that it is shown in, in pixels of the screen.
#: One that fills a box and is cut off at its edges is shown as wide as it would be without the cut.
CHOSEN = r"""
const [kind, done] = arguments, all = [...document.querySelectorAll("main picture img")];
const told = img => {
  const box = img.getBoundingClientRect(), wide = +img.getAttribute("width"), high = +img.getAttribute("height");
  const shown = getComputedStyle(img).objectFit === "cover" ? Math.max(box.width, box.height * wide / high) : box.width;
  return [+img.currentSrc.match(`-(\\d+)\\.${kind}$`)[1], wide, shown * devicePixelRatio];
};
if (kind === "jpg") document.querySelectorAll("source").forEach(source => source.remove());
all.forEach(img => img.loading = "eager");
Promise.all(all.map(img => img.decode())).then(() => done(all.map(told)), error => done(String(error)));
"""


@pytest.fixture(scope="module")
def pictured(folder: Path) -> list[str]:
    """Lists, and of each kind the page with the most pictures."""
    site = Site.read(folder, "https://honor.example.org/")
    shown = sorted(site.pages, key=lambda url: len(site.pages[url].find("picture")))
    kinds = {url.partition("/")[0]: url for url in shown if url.count("/") == 1 and not url.endswith("index.html")}
    kinds = {kind: url for kind, url in kinds.items() if site.pages[url].find("picture")}
    assert {"news", "deeds", "teams"} <= kinds.keys()
    return ["index.html", "news/index.html", "deeds/index.html", *kinds.values()]


@pytest.mark.parametrize(
    ("width", "scale", "kind"), sample(product([360, 768, 1280], [1, 2], ["avif", "jpg"]), 5, "sizes")
)
def test_pictures_are_as_large_as_they_are_shown(
    browser: Browser, address: str, pictured: list[str], width: int, scale: int, kind: str
) -> None:
    """In the first format, and in the last, for browsers that know no other."""
    for url in pictured:
        browser.open("about:blank")
        browser.show(width, scale=scale)
        browser.tell("Network.clearBrowserCache")  # Chromium keeps to a larger size that it has already
        browser.open(address + url)
        found = browser.wait(CHOSEN, kind)
        assert found
        assert isinstance(found, list), found
        for chosen, full, shown in found:
            assert chosen >= min(0.9 * shown, full), f"{url}: {chosen} of {full} for {shown}"
            assert chosen <= max(400, 2.1 * shown), f"{url}: {chosen} of {full} for {shown}"


def test_pictures_below_the_first_view_wait(browser: Browser, address: str, pictured: list[str]) -> None:
    browser.show(360)
    for url in pictured:
        browser.open(address + url)
        late = "return [...document.querySelectorAll('main picture img')].filter(i => i.getBoundingClientRect().top > 1600)"
        assert browser.run(f"{late}.every(i => i.loading === 'lazy')"), url
        assert browser.run("return [...document.querySelectorAll('main img')].every(i => i.hasAttribute('alt'))"), url


@pytest.mark.parametrize("width", [360, 1280])
def test_the_picture_of_a_card_stands_beside_its_words(browser: Browser, address: str, width: int) -> None:
    browser.show(width)
    browser.open(address + "news/index.html")
    tops = """return [...document.querySelectorAll(".post-card:has(img)")].map(card =>
        card.querySelector("img").getBoundingClientRect().top - card.querySelector("h2, h3").getBoundingClientRect().top)"""
    found = browser.run(tops)
    assert found
    assert all(abs(by) < 20 for by in found), found


#: Of each picture: its card, what `sizes` says of its width, as this browser reads it, and the width that it is shown in. As
#: above, one that fills a box is as wide as it would be without the cut.
SAID = r"""
const [probe, done] = arguments, all = [...document.querySelectorAll("main img[sizes]")];
const said = async img => {
  const other = new Image();  // a picture of 1200 pixels that is called so: its width in CSS pixels is what sizes says
  other.sizes = img.sizes;
  other.srcset = `${probe} 1200w`;
  await other.decode();
  const box = img.getBoundingClientRect(), wide = +img.getAttribute("width"), high = +img.getAttribute("height");
  const shown = getComputedStyle(img).objectFit === "cover" ? Math.max(box.width, box.height * wide / high) : box.width;
  return [img.closest("article, figure, section").className, other.naturalWidth, shown];
};
all.forEach(img => img.loading = "eager");
Promise.all(all.map(img => img.decode())).then(() => Promise.all(all.map(said))).then(done, error => done(String(error)));
"""


def test_sizes_say_how_wide_pictures_are_shown(browser: Browser, address: str, folder: Path) -> None:
    """On every page with a picture. Cards are cut to boxes whose height follows their words, so it is no exact match."""
    urls = [p.relative_to(folder).as_posix() for p in folder.rglob("*.html") if b"<picture>" in p.read_bytes()]
    kinds, wrong = set(), []
    for url in sorted(urls):
        browser.open(address + url)
        for width in (360, 768, 1280):
            browser.show(width)
            found = browser.wait(SAID, address + "static/share.png")
            assert isinstance(found, list), found
            kinds |= {card.partition(" ")[0] for card, _, _ in found}
            wrong += [
                f"{url} at {width}: {card}: {said} for {round(shown)}"
                for card, said, shown in found
                if not 0.8 <= said / shown <= 1.3
            ]
    assert wrong == []
    assert kinds >= {"post-card", "lead-card", "deed-card", "photo"}
