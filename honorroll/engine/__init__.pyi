from . import pipeline as pipeline
from . import up_to_date as up_to_date
from .options import Options as Options
from .options import Result as Result
