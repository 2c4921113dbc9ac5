from .changes import FOLDER as FOLDER
from .changes import Change as Change
from .changes import apply as apply
from .changes import forget as forget
from .changes import snapshot_with as snapshot_with
from .changes import undo as undo
from .records import set_values as set_values
