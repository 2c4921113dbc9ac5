"""A post that shows all pictures of its folder: what stands below its text, as Markdown."""

import re
from collections.abc import Sequence

from honorroll.chinese import is_han
from honorroll.model import Post, Record

#: Signs that would end the words or the address of a picture.
_SIGNS = re.compile(r"([\\\[\]\"<>*_`])")


def markdown(body: str, record: Record, pictures: Sequence[str]) -> str:
    """The pictures that the text does not show itself, in the order of their names.

    One whose name has Chinese words is told by them; of another, its number is all that is known.
    """
    title, image = (record.title, record.image) if isinstance(record, Post) else ("", None)
    lines = []
    for path in sorted(pictures):
        name = path.rpartition("/")[2]
        if f"]({name}" in body or f"](<{name}" in body or (image and image.src == name):
            continue
        words = re.sub(r"[\s_-]+", " ", re.sub(r"^[\d\s_.-]+", "", name.rpartition(".")[0])).strip()
        if any(map(is_han, words)):
            said = _SIGNS.sub(r"\\\1", words)
            lines.append(f'![{said}](<{name}> "{said}")')
        else:
            said = _SIGNS.sub(r"\\\1", title)
            lines.append(f"![{said}（照片 {len(lines) + 1}）](<{name}>)")
    return "\n\n" + "\n\n".join(lines) + "\n" if lines else ""
