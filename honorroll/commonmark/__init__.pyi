from .extension import CommonMark as CommonMark
from .extension import DocumentParser as DocumentParser
from .extension import serialize as serialize
from .opening import MAX_LENGTH as MAX_LENGTH
from .references import encode as encode
from .summaries import summarise as summarise
