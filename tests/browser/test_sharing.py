"""Passing a page on: the button that copies its address, and the poster behind a fold."""

import pytest

from browser.chrome import Browser

PAGE = "news/2022-09-20-nose.html"


def test_the_button_copies_the_address_and_says_so(browser: Browser, address: str) -> None:
    browser.open(address + PAGE)
    browser.run("navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }")
    browser.run("document.querySelector('.share button').click()")
    told = "const d = arguments[0]; setTimeout(() => d(document.querySelector('.share [role=status]').textContent), 50)"
    assert "已复制" in browser.wait(told)
    canonical = browser.run("return document.querySelector('link[rel=canonical]').href")
    assert browser.run("return window.copied") == canonical


def test_a_refusal_is_told(browser: Browser, address: str) -> None:
    browser.open(address + PAGE)
    browser.run("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    browser.run("document.querySelector('.share button').click()")
    told = "const d = arguments[0]; setTimeout(() => d(document.querySelector('.share [role=status]').textContent), 50)"
    assert "没有复制成功" in browser.wait(told)


@pytest.mark.parametrize("kind", ["deeds/d01.html", "awards/a2022-01.html", PAGE])
def test_there_is_one_button_of_the_size_of_a_finger(browser: Browser, address: str, kind: str) -> None:
    browser.open(address + kind)
    assert browser.run("return document.querySelectorAll('.share button').length") == 1
    assert browser.run("return document.querySelector('.share button').getBoundingClientRect().height") >= 44
