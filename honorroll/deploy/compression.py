"""The `.gz` and `.br` beside a text file, for hosts that send them as they are: the same bytes each time, and only where they are smaller."""

import gzip
import zlib

from honorroll.deploy.headers import TEXTS, suffix

#: Smaller files do not gain by it.
_LEAST = 256
#: Brotli's strongest levels take ten times as long for three hundredths.
_BROTLI = 9


def encoder() -> str:
    """What determines the compressed bytes beside the file."""
    try:
        import brotli
    except ModuleNotFoundError:
        return f"zlib {zlib.ZLIB_RUNTIME_VERSION}"
    return f"zlib {zlib.ZLIB_RUNTIME_VERSION}, brotli {brotli.__version__}"


def variants(path: str, data: bytes) -> dict[str, bytes]:
    """The compressed files to stand beside `path`, by path; none where there is nothing to gain."""
    if len(data) < _LEAST or suffix(path) not in TEXTS:
        return {}
    found = {f"{path}.gz": gzip.compress(data, 9, mtime=0)}
    try:
        import brotli
    except ModuleNotFoundError:
        pass
    else:
        found[f"{path}.br"] = brotli.compress(data, quality=_BROTLI, mode=brotli.MODE_TEXT)
    return {name: made for name, made in found.items() if len(made) < len(data)}
