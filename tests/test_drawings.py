"""SVG among the static files: what only draws is published, what runs, fetches or leads elsewhere is refused at its place."""

import pytest
from conftest import Project

from honorroll.inputs.drawings import fault

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'

#: Drawings as programs write them.
TAKEN = {
    "lines": '<g fill="red"><path d="M0 0h9"/><use href="#a"/><use xlink:href="#a"/></g>',
    "words": "<title>标志</title><desc>x</desc><text x='1'>字<tspan>x</tspan></text>",
    "colours": '<defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs><rect fill="url(#a)"/>',
    "styles": "<style>.a{fill:url(#a)} .b{clip-path:url('#b')}</style><rect style=\"filter: url(&quot;#a&quot;)\"/>",
    "a picture inside": '<image href="data:image/png;base64,AAAA"/>',
    "notes of a program": '<metadata><r:RDF xmlns:r="urn:r"><r:li/></r:RDF></metadata><s:view xmlns:s="urn:s" s:x="1"/>',
    "a filter": '<filter id="a"><feGaussianBlur stdDeviation="1"/></filter>',
}

#: What stands inside a drawing, and what is said to be wrong.
REFUSED = {
    "<script>alert(1)</script>": "<script>",
    '<script href="#a"/>': "<script>",
    '<s:script xmlns:s="http://www.w3.org/2000/svg">1</s:script>': "<script>",
    '<h:script xmlns:h="http://www.w3.org/1999/xhtml">1</h:script>': "<script>",
    '<h:p xmlns:h="http://www.w3.org/1999/xhtml"/>': "<p>",
    '<script xmlns="">1</script>': "<script>",
    '<rect onclick="alert(1)"/>': "onclick=",
    '<rect ONLOAD="alert(1)"/>': "ONLOAD=",
    '<a href="javascript:alert(1)"><path/></a>': "<a>",
    '<a href="https://evil.invalid/"><path/></a>': "<a>",
    '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>': "<foreignObject>",
    '<animate attributeName="href" values="javascript:alert(1)"/>': "<animate>",
    '<set attributeName="onclick" to="alert(1)"/>': "<set>",
    "<handler>alert(1)</handler>": "<handler>",
    "<iframe/>": "<iframe>",
    '<use href="https://evil.invalid/x.svg#a"/>': "href=",
    '<use xlink:href="other.svg#a"/>': "href=",
    '<use href="data:image/svg+xml,x"/>': "href=",
    '<use href=" javascript:alert(1)"/>': "href=",
    '<image href="//evil.invalid/x.png"/>': "href=",
    '<image xlink:href="&#47;/evil.invalid/x.png"/>': "href=",
    '<rect fill="url(https://evil.invalid/x)"/>': "fill=",
    '<rect style="fill:url(x.svg#a)"/>': "style=",
    "<rect style=\"fill:url(  'x.svg#a')\"/>": "style=",
    '<rect style="fill:u\\72l(x)"/>': "style=",
    "<style>@import '//evil.invalid/x.css';</style>": "<style>",
    "<style>@im<title/>port 'x';</style>": "<title>",
    "<style><![CDATA[a{fill:url(//evil.invalid/x)}]]></style>": "<style>",
    '<g xml:base="https://evil.invalid/"/>': "base=",
    '<?xml-stylesheet href="x.css"?>': "<?xml-stylesheet",
    "<g>" * 101 + "</g>" * 101: "<g> × 101",
    "<g>": "XML: mismatched tag",
    "&x;": "XML: undefined entity",
}

#: Whole files.
DOCUMENTS = {
    "": "XML: no element found",
    "no XML": "XML: syntax error",
    '<!DOCTYPE svg [<!ENTITY a "x">]><svg>&a;</svg>': "<!DOCTYPE [",
    '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>': "<!DOCTYPE [",
    "<html><body onload='alert(1)'/></html>": "<html>",
    f'<?xml-stylesheet href="x"?>{OPEN}</svg>': "<?xml-stylesheet",
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_only_draws_is_taken(name: str) -> None:
    for head in ("", '<?xml version="1.0" encoding="UTF-8"?>\n', '<!DOCTYPE svg PUBLIC "a" "b.dtd">\n'):
        assert fault("static/x.svg", f"{head}{OPEN}{TAKEN[name]}</svg>".encode()) is None


@pytest.mark.parametrize("inside", REFUSED, ids=REFUSED.values())
def test_what_does_more_is_refused(inside: str) -> None:
    found = fault("static/x.svg", f"{OPEN}\n{inside}\n</svg>".encode())
    assert found
    assert found.args == {"what": REFUSED[inside]}


@pytest.mark.parametrize("text", DOCUMENTS, ids=DOCUMENTS.values())
def test_what_is_no_drawing_is_refused(text: str) -> None:
    found = fault("static/x.svg", text.encode())
    assert found
    assert found.args == {"what": DOCUMENTS[text]}


def test_nothing_is_published_until_it_is_mended(project: Project) -> None:
    project.write("static/标志.SVG", f"{OPEN}\n<g>\n  字<path onclick='x'/></g>\n</svg>")
    for _ in range(2):
        found = project.build().findings
        told = [(f.diagnostic.rule, f.span.path, f.span.line, f.span.column) for f in found]
        assert told == [("SRC-16", "static/标志.SVG", 3, 4)]
    assert not project.site.exists()
    project.write("static/标志.SVG", f"{OPEN}\n<g>字</g>\n</svg>")
    assert project.build().counts
