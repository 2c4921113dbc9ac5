from . import gate as gate
from . import naming as naming
from .fixes import fixes as fixes
from .found import Found as Found
from .identifiers import IDENTIFIERS as IDENTIFIERS
from .person_names import Person as Person
from .person_names import PersonNames as PersonNames
from .plain_text import plain as plain
