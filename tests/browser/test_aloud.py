"""Reading aloud: what is said and in which pieces. This browser has the interface but no voice, so a test speaks for it."""

import re
from collections.abc import Generator
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from browser.chrome import Browser
from browser.test_pages import pages_of

READ = ("post.html", "deed.html", "notice.html", "article.html")

#: A voice that says each piece when the test lets it: what was said stands in `said`, and `heard()` ends a piece.
VOICE = """
window.said = [];
SpeechSynthesis.prototype.speak = function (piece) { window.said.push(piece.text); window.piece = piece; };
window.heard = () => window.piece.dispatchEvent(new Event("end"));
window.state = () => [...document.querySelectorAll(".read-aloud > *")].filter(e => e.checkVisibility()).map(e => e.innerText);
"""


@pytest.fixture
def voice(browser: Browser) -> Generator[Browser]:
    script = browser.tell("Page.addScriptToEvaluateOnNewDocument", source=VOICE)
    yield browser
    browser.tell("Page.removeScriptToEvaluateOnNewDocument", identifier=script["identifier"])


def plain(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("template", READ)
def test_a_text_is_read_whole_in_short_pieces(voice: Browser, address: str, folder: Path, template: str) -> None:
    for url in pages_of(folder, template):
        voice.open(address + url)
        assert voice.run("return state()")[0] == "朗读全文"
        shown = voice.run(
            "return [...document.querySelectorAll('h1, .prose, .document-sign > *')].map(e => e.innerText)"
        )
        voice.run("document.querySelector('.read-aloud button').click()")
        voice.run("for (let n = 0; n < 2000 && state()[0] !== '朗读全文'; n++) heard();")
        said = voice.run("return said")
        assert plain("".join(said)) == plain("".join(shown)), url
        assert said[0] == shown[0].replace("\n", "")
        assert max(map(len, said)) <= 100
        assert len(said) > 3
        assert voice.run("return [piece.lang, state()]") == ["zh-CN", ["朗读全文", "读完了。"]]


def test_pieces_end_with_sentences(voice: Browser, address: str) -> None:
    voice.open(address + "plan.html")
    voice.run(
        "document.querySelector('.prose').innerHTML = arguments[0]",
        f"<p>他说：“到岗！”走了。</p><p>{'长' * 70}，{'句' * 70}。</p>",
    )
    voice.run("document.querySelector('.read-aloud button').click()")
    voice.run("for (let n = 0; n < 9; n++) heard();")
    assert voice.run("return said.slice(1)") == ["他说：“到岗！”", "走了。", "长" * 70 + "，", "句" * 70 + "。"]


def test_by_keyboard_it_starts_pauses_goes_on_and_stops(voice: Browser, address: str) -> None:
    voice.open(address + "plan.html")
    voice.run("document.querySelector('.read-aloud button').focus()")
    voice.press(Keys.ENTER)
    assert voice.run("return state()") == ["暂停", "停止", "正在朗读。"]
    assert voice.run("return document.querySelector('.read-aloud [role=status]').innerText") == "正在朗读。"
    voice.run("heard(); heard()")
    voice.press(Keys.SPACE)
    assert voice.run("return state()") == ["继续朗读", "停止", "已暂停。"]
    voice.run("heard()")  # a browser may tell the end of what was broken off
    assert len(voice.run("return said")) == 3
    voice.press(Keys.ENTER)
    said = voice.run("return said")
    assert said[3] == said[2]
    voice.press(Keys.TAB, Keys.ENTER)
    assert voice.run("return state()") == ["朗读全文", "已停止。"]
    assert voice.run("return document.activeElement.innerText") == "朗读全文"
    voice.press(Keys.ENTER)
    assert voice.run("return said[4] === said[0]")


def test_a_device_without_a_chinese_voice_says_so(browser: Browser, address: str) -> None:
    """This one, with its own interface."""
    browser.open(address + "plan.html")
    browser.run("document.querySelector('.read-aloud button').click()")
    told = browser.wait(
        "const done = arguments[0], told = document.querySelector('.read-aloud [role=status]');"
        "setTimeout(() => done(told.innerText), 1000)"
    )
    assert "没有中文语音" in told or told == "正在朗读。"
    browser.open(address + "plan.html")
    browser.run("SpeechSynthesis.prototype.getVoices = () => [{lang: 'en-US'}]")
    browser.run("document.querySelector('.read-aloud button').click()")
    assert "没有中文语音" in browser.run("return document.querySelector('.read-aloud').innerText")


def test_where_a_browser_cannot_speak_there_is_no_room_for_it(browser: Browser, address: str) -> None:
    silent = "delete window.speechSynthesis; Object.defineProperty(window, 'speechSynthesis', {value: undefined})"
    script = browser.tell("Page.addScriptToEvaluateOnNewDocument", source=silent)
    try:
        browser.open(address + "plan.html")
    finally:
        browser.tell("Page.removeScriptToEvaluateOnNewDocument", identifier=script["identifier"])
    assert browser.run("return document.querySelector('.read-aloud')") is None
    assert not browser.run("return document.querySelector('.aloud').checkVisibility()")
    assert browser.complaints() == []


@pytest.mark.parametrize("width", [360, 1280])
def test_its_buttons_are_large_enough_and_paper_has_none(browser: Browser, address: str, width: int) -> None:
    browser.show(width)
    browser.open(address + "plan.html")
    for least in (44, 60):
        assert browser.run("return document.querySelector('.read-aloud button').offsetHeight") >= least
        assert browser.run(
            "const e = document.querySelector('.aloud'); return e.offsetHeight === e.firstChild.offsetHeight"
        )
        browser.run("document.getElementById('large').click()")
    browser.show(794, medium="print")
    assert not browser.run("return document.querySelector('.aloud').checkVisibility()")
