"""Where the site is deployed to. Never published; holds no secrets: those stand in the environment or in the tool's own configuration."""

from typing import Literal

from honorroll.model.base import Record, field
from honorroll.model.field_types import Count, Id, Text, YesNo

#: A folder of this machine; a server over SSH; a branch of a Git repository; object storage that speaks S3.
TargetKind = Literal["文件夹", "服务器", "Git分支", "对象存储"]


class DeployTarget(Record):
    """A place that the public reads the site from."""

    label = ("发布位置", "deployment target")

    id: Id = field(title="编号")
    kind: TargetKind = field(title="种类")
    to: Text = field(title="地址")
    """A path; `user@server:path`; the address of a repository; `s3://bucket` or `s3://bucket/prefix`."""
    branch: Text = field("pages", title="Git 分支")
    endpoint: str = field("", title="对象存储的接入地址", pattern=r"^(https?://\S+)?$")
    region: str = field("", title="对象存储的地域")
    path_style: YesNo = field(False, title="桶名写在路径里")
    url: str = field("", title="公众访问的网址", pattern=r"^(https?://[^\s/]+(/\S*)?)?$")
    """Where the site is read back from; by default the campaign's own address."""
    keep: Count = field(5, title="保留几个发布版", ge=1, le=100)
    trial: YesNo = field(False, title="试用，不给公众看")
    """What is shown there is not public, so it is not recorded in `data/published/`."""
