from . import renderer as renderer
from .template_analysis import environment as environment
from .theme import Theme as Theme
