"""What people chose when they imported sheets, so that the next sheet of the same form needs no question. Never published."""

from honorroll.model.base import Record, field
from honorroll.model.field_types import Text


class SheetColumn(Record):
    """What a column means."""

    header: Text = field(title="表头")
    means: Text = field(title="对应的字段，不导入的写 -")


class SheetForm(Record):
    """The columns of sheets with the same headers."""

    label = ("表格对应", "sheet form")

    form: Text = field(title="表头指纹")
    kind: Text = field(title="名单种类")
    title: str = field("", title="表名")
    columns: tuple[SheetColumn, ...] = field(title="列的对应", min_length=1)
