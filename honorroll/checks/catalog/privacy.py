"""Rules of the gate: what is personal and about to be published."""

from honorroll.checks.catalog.rule import ERROR, Rule

_MESSAGE = ("网站上会出现{what_zh}：{url}", "the site would show {what}: {url}")
_HINT = (
    "改成“{mask}”，或者删去。单位对外的电话、邮箱写进 data/campaign.yaml 的 contacts；确需公开的，在 waivers 里写明记录、原因和期限。",
    (
        "Write `{mask}`, or leave it out. Contacts of organisations belong into `contacts` of data/campaign.yaml; what "
        "must be public needs an entry in `waivers` with its record, a reason and an end."
    ),
)
_WAY = (
    "检查的是将要发布的全部内容：网页、订阅源、数据文件、搜索索引、文件名。中间加空格、横线、标点、加粗符号，写成全角、中文数字、带圈数字的，同样会认出来。",
    (
        "All that is about to be published is looked at: pages, feeds, data files, the search index, names of files. Blanks, "
        "dashes, points or bold type in between, full-width, Chinese or circled digits make no difference."
    ),
)


def _rule(id: str, zh: str, en: str, bad: str, good: str) -> Rule:
    return Rule(id, ERROR, _MESSAGE, _HINT, (zh + _WAY[0], f"{en} {_WAY[1]}"), bad=bad, good=good)


RULES = (
    _rule(
        "PRV-01",
        "身份证号一个字也不公开，它是冒名、诈骗最常用的材料。",
        "No identity number is published: it is what impostors and fraudsters need most.",
        "失主身份证号是 11010519491231002X。",
        "失主身份证号是 110\\*\\*\\*002X。",
    ),
    _rule(
        "PRV-02",
        "个人的手机号和固定电话不公开；群众联系主办单位用的电话，写进活动信息的联系方式。",
        "No telephone of a person is published; those of the organisers belong into the campaign's contacts.",
        "请联系王师傅，13812345678。",
        "请联系王师傅，138\\*\\*\\*\\*5678。",
    ),
    _rule(
        "PRV-03",
        "车牌号能查到车主，写车型和颜色就够了。",
        "A number plate leads to its owner; make and colour are enough.",
        "一辆皖E12345的轿车",
        "一辆白色轿车",
    ),
    Rule(
        "PRV-07",
        ERROR,
        (
            "图片文件里带有拍摄地点、设备、时间或者文字说明：{url}",
            "a picture file tells where, when, with what or by whom it was made: {url}",
        ),
        (
            "用图片软件另存一份不带附带信息的，换掉它；或者把图片放进 content，那里的图片发布时会自动去掉。",
            "Save it anew without metadata; or put it into `content`, where pictures lose it when they are published.",
        ),
        (
            "手机拍的照片里有拍摄地点、时间和手机型号。static 文件夹里的图片原样发布，所以要事先去掉；content 文件夹里的由程序去掉。",
            (
                "A photograph tells where and when it was taken and with which telephone. Pictures in `static` are published as "
                "they are, so this has to go before; from those in `content` the program takes it away."
            ),
        ),
    ),
    _rule(
        "PRV-10",
        "银行卡号不公开；只有像卡号、校验位对、旁边又提到银行或账号的，才报告。",
        "No number of a bank card is published; reported is what has the form and the check digit, where a bank is spoken of.",
        "捐款请汇工行卡号 6222021234567890128。",
        "捐款请与协会联系。",
    ),
    _rule(
        "PRV-11",
        "护照、港澳通行证这类证件的号码不公开。",
        "No number of a passport or of a permit to or from Hong Kong, Macao or Taiwan is published.",
        "拾到护照一本，号码E12345678。",
        "拾到护照一本，已交还失主。",
    ),
    _rule(
        "PRV-12",
        "个人邮箱不公开，写成“zhang 艾特 qq.com”的也一样；单位的邮箱写进活动信息的联系方式。",
        "No mail address of a person is published, nor one in disguise; those of organisers belong into the contacts.",
        "投稿请发 zhang@qq.com。",
        "投稿请发协会邮箱，见联系方式。",
    ),
    _rule(
        "PRV-13",
        "个人的微信号、QQ 号不公开；公众号是单位的，可以写。",
        "No WeChat or QQ account of a person is published; public accounts are an organisation's and may be.",
        "加微信：wang12345",
        "关注协会的微信公众号",
    ),
    _rule(
        "PRV-14",
        "住址最细写到街道、小区，不写楼栋、单元和房号。",
        "Where somebody lives is told by street or estate at most, never by building, staircase or flat.",
        "家住幸福小区3栋2单元501室的李奶奶",
        "家住幸福小区的李奶奶",
    ),
    _rule(
        "PRV-15",
        "出生日期不公开，需要时写年龄。",
        "No day of birth is published; where it matters, an age is enough.",
        "王师傅出生于1985年3月12日",
        "王师傅今年三十七岁",
    ),
)
