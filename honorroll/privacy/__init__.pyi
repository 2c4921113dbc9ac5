from . import gate as gate
from .fixes import fixes as fixes
from .found import Found as Found
from .identifiers import IDENTIFIERS as IDENTIFIERS
from .plain_text import plain as plain
