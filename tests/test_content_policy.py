"""The content policy of every page, and that no page holds what it forbids."""

from itertools import takewhile
from pathlib import Path

import pytest
from reference import Page, Site

#: What may be loaded, and from where: this site's own files. A `meta` cannot say `frame-ancestors` or `sandbox`.
OWN = "script-src style-src img-src font-src connect-src media-src manifest-src form-action".split()
POLICY = {"default-src": "'none'", "base-uri": "'none'"} | dict.fromkeys(OWN, "'self'")

#: Kinds of `script` that are data, which no browser runs.
DATA = {"application/ld+json", "application/json"}

#: Elements that load nothing, so that they may stand before the policy.
LOADS_NOTHING = {"html", "head", "meta", "title"}


def inline(page: Page) -> list[str]:
    """What stands on a page that its policy forbids: scripts and styles, and addresses that run a script."""
    found = []
    for element in page.elements:
        name = element.tag.rpartition("}")[2]  # SVG stands in a namespace
        if name == "style" or (name == "script" and element.get("src") is None and element.get("type") not in DATA):
            found.append(f"<{name}>")
        found += [f"<{name} {key}>" for key in element.keys() if key == "style" or key.startswith("on")]  # noqa: SIM118
    schemes = ("javascript:", "data:", "vbscript:", "blob:")
    return found + [value for _, value in page.addresses() if value.strip().lower().startswith(schemes)]


def policy(page: Page) -> dict[str, str]:
    """The directives of the page's only policy."""
    metas = [e for e in page.find("meta") if (e.get("http-equiv") or "").lower() == "content-security-policy"]
    assert len(metas) == 1, page.url
    before = [e.tag for e in takewhile(lambda e: e is not metas[0], page.elements)]
    assert set(before) <= LOADS_NOTHING, f"{page.url}: {before} before the policy"
    return {
        name: value for name, _, value in (part.strip().partition(" ") for part in metas[0].get("content").split(";"))
    }


def test_every_page_has_the_policy_and_nothing_that_it_forbids(site: Site) -> None:
    assert len(site.pages) > 100
    for page in site.pages.values():
        assert policy(page) == POLICY, page.url
        assert page.meta("referrer") == "same-origin", page.url
        assert inline(page) == [], page.url


@pytest.mark.parametrize(
    "bad",
    [
        "<p style='color: red'>",
        "<p OnClick='f()'>",
        "<svg><path onload=f()></svg>",
        "<script>f()</script>",
        "<script type=module>f()</script>",
        "<svg><style>p {}</style></svg>",
        "<a href=' JavaScript:f()'>x</a>",
        "<img alt='' src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>",
    ],
)
def test_what_is_forbidden_would_be_found(tmp_path: Path, bad: str) -> None:
    (tmp_path / "index.html").write_text(f"<!DOCTYPE html><title>x</title><body>{bad}")
    assert inline(Site.read(tmp_path, "https://example.org/").pages["index.html"])
