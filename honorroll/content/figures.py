"""Pictures in a Markdown text: all their sizes, figures with captions, galleries."""

from xml.etree.ElementTree import Element, SubElement

from honorroll.content.image_probe import KINDS, Picture, srcset

#: A picture in one of so many first blocks is seen at once, so it is not loaded late.
EARLY = 2

#: How wide a text shows its pictures.
SIZES = "(min-width: 45rem) 43rem, 100vw"


def early(root: Element) -> list[Element]:
    """The picture that is seen at once, if there is one."""
    return [element for block in list(root)[:EARLY] for element in block.iter("img")][:1]


def fill(element: Element, picture: Picture, root: str, *, first: bool) -> None:
    """Make an `img` a `picture` of all sizes; `root` leads to the site's root, `first` is for the one seen at once."""
    image = {"src": root + picture.url, "alt": element.get("alt", "")}
    image |= {"width": str(picture.width), "height": str(picture.height)}
    image |= {"fetchpriority": "high"} if first else {"loading": "lazy", "decoding": "async"}
    image |= {"title": element.get("title", "")} if element.get("title") else {}
    element.tag, element.attrib = "picture", {}
    *newer, last = ({"srcset": srcset(picture.stem, picture.width, kind, root), "sizes": SIZES} for kind in KINDS)
    for kind, sizes in zip(KINDS[:-1], newer, strict=True):
        SubElement(element, "source", {"type": f"image/{kind}", **sizes})
    SubElement(element, "img", image | last)


def arrange(block: Element) -> None:
    """Make a paragraph of pictures alone a figure; of several, a gallery in which each opens its largest size."""
    pictures = [element for element in block if element.tag == "picture"]
    if not pictures or "".join(block.itertext()).strip() or {element.tag for element in block} - {"picture", "br"}:
        return
    block.text = ""
    for element in list(block):
        block.remove(element)
    if len(pictures) == 1:
        block.tag = "figure"
        _show(pictures[0], block, block)
        return
    block.tag, block.attrib = "div", {"class": "gallery"}
    for picture in pictures:
        figure = SubElement(block, "figure")
        _show(picture, figure, SubElement(figure, "a", {"href": picture[-1].get("src", "")}))


def _show(picture: Element, figure: Element, inside: Element) -> None:
    """Put a picture into a figure, or a link in it, and its title below as a caption."""
    caption = picture[-1].attrib.pop("title", "")
    picture.tail = None
    inside.append(picture)
    if caption:
        SubElement(figure, "figcaption").text = caption
