import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from honorroll.chinese.typography import minutes, slug, word_count
from honorroll.content.document import Rendered
from honorroll.content.image_probe import Picture
from honorroll.content.markdown import render, resolve

HERE = "content/news/a.md"

A, B = (("a.jpg", Picture("pictures/a", "0", 640, 480)), ("b.jpg", Picture("pictures/b", "0", 900, 600)))


def rendered(text: str, *pictures: tuple[str, Picture]) -> Rendered:
    return render(text, HERE, "news/a.html", {f"content/news/{name}": picture for name, picture in pictures})


def html(text: str, *pictures: tuple[str, Picture]) -> str:
    return str(rendered(text, *pictures).html).strip()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("**真。**她", "<strong>真。</strong>她"),
        ("他说：**“到！”**然后", "他说：<strong>“到！”</strong>然后"),
        ("（**重点**）", "（<strong>重点</strong>）"),
        ("*轻*声", "<em>轻</em>声"),
    ],
)
def test_emphasis_works_beside_chinese_punctuation(typed: str, shown: str) -> None:
    assert html(typed) == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("夜里\n巡逻", "夜里巡逻"),
        ("夜里，\n“到”", "夜里，“到”"),
        ("夜里\n**巡**\n逻", "夜里<strong>巡</strong>逻"),
        ("用 Python\n写的", "用 Python\n写的"),
        ("one\ntwo", "one\ntwo"),
        ("`夜\n里`", "<code>夜 里</code>"),
        ("夜里  \n巡逻", "夜里<br>巡逻"),
    ],
)
def test_soft_breaks_join_between_wide_characters_only(typed: str, shown: str) -> None:
    assert html(typed) == f"<p>{shown}</p>"


def test_soft_breaks_join_in_list_items_and_quotes() -> None:
    assert "<li>一二</li>" in html("- 一\n二")
    assert "<p>一二</p>" in html("> 一\n> 二")


def test_heading_ids_are_readable_and_unique() -> None:
    done = rendered("## 评选 条件\n\n## 评选 条件\n\n## 100% 持证！")
    assert [heading.id for heading in done.toc] == ["评选-条件", "评选-条件_1", "100-持证"]
    assert len({heading.id for heading in done.toc}) == 3


@pytest.mark.parametrize("first", ["#", "##", "####"])
def test_headings_start_at_two_and_skip_no_level(first: str) -> None:
    done = rendered(f"{first} 甲\n\n{first}## 乙\n\n{first} 丙")
    assert [heading.level for heading in done.toc] == [2, 3, 2]


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "<b onclick=x>粗</b>",
        "[x](javascript:alert(1))",
        "<javascript:alert(1)>",
        "[x](data:text/html,x)",
        "[x](JaVaScRiPt:alert(1))",
        '[x](https://a.example/"onmouseover="alert(1))',
        "<style>p{display:none}</style>",
        "[x]: javascript:alert(1)\n\n[x]",
    ],
)
def test_raw_html_and_scripts_do_not_pass(typed: str) -> None:
    out = html(typed)
    assert "<script" not in out
    assert "<b " not in out
    assert "<style" not in out
    assert "<img" not in out
    assert 'href="javascript' not in out.lower()
    assert 'href="data' not in out
    assert '" onmouseover' not in out


@given(st.text(st.sampled_from("<>&\"'`*_[]()!#\n -=:/.ajonscript甲：。|^"), max_size=80))
def test_no_text_yields_a_script_an_event_or_an_exception(text: str) -> None:
    from html.parser import HTMLParser

    class Watch(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag not in {"script", "style", "iframe", "object"}
            assert not any(name.startswith("on") or name == "style" for name, _ in attrs)
            assert not any((value or "").strip().lower().startswith("javascript") for _, value in attrs)

    Watch().feed(html(text))


def test_tables_align_by_class_because_inline_styles_are_forbidden() -> None:
    out = html("| 甲 | 乙 |\n|--:|:-:|\n| 1 | 2 |")
    assert '<td class="right">1</td>' in out
    assert "style" not in out
    box = out.partition(">")[0]
    assert all(part in box for part in ('class="scroll"', 'tabindex="0"', 'role="region"', 'aria-label="表格"'))


def test_a_lone_picture_becomes_a_figure_with_its_size_and_caption() -> None:
    out = html('![夜巡](a.jpg "九月三日")', A)
    assert "<figure><picture>" in out
    assert "<figcaption>九月三日</figcaption>" in out
    for kind in ("avif", "webp", "jpg"):
        assert f'srcset="../pictures/a-400.{kind} 400w, ../pictures/a-640.{kind} 640w"' in out
    assert out.index("image/avif") < out.index("image/webp") < out.index("<img")
    image = out.partition("<img")[2].partition(">")[0]
    assert {'src="../pictures/a-640.jpg"', 'alt="夜巡"', 'width="640"', 'height="480"'} <= {*image.split()}


def test_pictures_alone_in_a_paragraph_are_a_gallery_that_opens_each() -> None:
    out = html('![夜巡](a.jpg "九月三日")\n![校门](b.jpg)', A, B)
    assert out.startswith('<div class="gallery"><figure><a href="../pictures/a-640.jpg"><picture>')
    assert out.count("<figure>") == out.count("</a>") == 2
    assert out.count("<figcaption>") == 1
    assert "<p>" not in out
    assert "title=" not in out


def test_pictures_among_words_stay_in_their_paragraph() -> None:
    out = html("先看![夜巡](a.jpg)，再看![校门](b.jpg)", A, B)
    assert out.startswith("<p>先看<picture>")
    assert "<figure>" not in out
    assert "，再看<picture>" in out


@pytest.mark.parametrize(("before", "first"), [("", True), ("一。\n\n", True), ("一。\n\n二。\n\n", False)])
def test_only_a_picture_at_the_top_is_loaded_at_once(before: str, *, first: bool) -> None:
    out = html(f"{before}![夜巡](a.jpg)\n\n![校门](b.jpg)", A, B)
    images = re.findall("<img[^>]*>", out)
    assert ['fetchpriority="high"' in image for image in images] == [first, False]
    assert ['loading="lazy"' in image for image in images] == [not first, True]


def test_a_picture_without_alternative_text_is_reported() -> None:
    assert [link.rule for link in rendered("![](a.jpg)", A).outline.links] == ["MDN-03"]


def test_footnotes_have_chinese_back_links() -> None:
    out = html("据统计[^1]。\n\n[^1]: 来源")
    assert 'href="#fn:1"' in out
    assert "回到正文第 1 处脚注" in out


@pytest.mark.parametrize(
    ("target", "url", "fragment"),
    [
        ("team:t01", "teams/t01.html", ""),
        ("news:x#甲", "news/x.html", "甲"),
        ("b.md", "news/b.html", ""),
        ("../plan.md#目的", "plan.html", "目的"),
        ("b/index.md", "news/b.html", ""),
        ("/teams/", "teams/index.html", ""),
        ("/teams/t01.html", "teams/t01.html", ""),
        ("/", "index.html", ""),
        ("#甲", "news/a.html", "甲"),
    ],
)
def test_links_inside_the_site_resolve(target: str, url: str, fragment: str) -> None:
    link = resolve(target, HERE, "news/a.html")
    assert (link.url, link.fragment, link.rule) == (url, fragment, "")


@pytest.mark.parametrize("target", ["taem:t01", "team:../x", "x.html", "ftp://a", "//example.org/x.html"])
def test_other_links_are_refused(target: str) -> None:
    link = resolve(target, HERE, "news/a.html")
    assert link.rule == "MDN-05" or link.url == "example.org/x.html"


def test_links_lead_from_the_page_to_the_root() -> None:
    assert 'href="../teams/t01.html"' in html("[队](team:t01)")
    assert 'rel="external noopener"' in html("[外](https://example.org/)")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("共1500余小时。", '共<span class="nb">1500余小时</span>。'),
        ("2022年9月1日起", '<span class="nb">2022年9月1日</span>起'),
        (
            "**5 个**[3名](team:t01)",
            '<strong><span class="nb">5 个</span></strong><a href="../teams/t01.html"><span class="nb">3名</span></a>',
        ),
        ("`12 名`", "<code>12 名</code>"),
        ("v1.2.3 和 A4", "v1.2.3 和 A4"),
        ("12名<b>", '<span class="nb">12名</span>&lt;b&gt;'),
    ],
)
def test_numbers_stay_in_one_line_with_their_measure_words(typed: str, shown: str) -> None:
    assert html(typed) == f"<p>{shown}</p>"


def test_words_are_counted_in_han_characters() -> None:
    assert word_count("夜里 10 点，walk 𠮷") == 6
    assert word_count("AED、90%、2022-09-01、12:30、don't、１２") == 6
    assert rendered("## 甲\n\n乙**丙** x").words == 4


def test_a_text_takes_as_long_as_the_standard_says() -> None:
    """300 words a minute, begun minutes count whole, and nothing takes no time."""
    assert [minutes(words) for words in (0, 1, 300, 301, 1500)] == [1, 1, 1, 2, 5]


def test_slugs_are_never_empty() -> None:
    assert slug("！！") == "section"
    assert slug("Ａ１ 甲、乙") == "a1-甲-乙"


def test_pictures_are_named_once_in_order() -> None:
    assert rendered('![a](x.jpg) ![b](y.png "t") ![c](x.jpg)').outline.pictures == ("x.jpg", "y.png")


def test_texts_do_not_leak_into_each_other() -> None:
    alone = html("据[^1]\n\n[^1]: 甲")
    html("另[^1] ## 题\n\n[^1]: 乙\n\n[x]: https://example.org")
    assert html("据[^1]\n\n[^1]: 甲") == alone
    assert html("[x]") == "<p>[x]</p>"
