from .editions import add_edition as add_edition
from .editions import edition_path as edition_path
from .editions import is_edition as is_edition
from .editions import read_editions as read_editions
from .public import facts as facts
from .public import is_comparable as is_comparable
