"""Make `honorroll/chinese/han/pairs.txt`: usual words of two characters, from the dictionary of jieba 0.42.1.

    python3 tools/word_table.py jieba-0.42.1/jieba/dict.txt

A row of the dictionary is a word, how often it was seen and what kind of word it is. What it holds for a person's name
is left out, since 王明 is to be found where it is meant; but of those that begin like a name, `ALSO_WORDS` are words first.
"""

import sys
from collections import defaultdict
from pathlib import Path

SEEN = 100
NAMES = {"nr", "nrt", "nrfg", "eng", "x"}
ALSO_WORDS = set(
    "丁香 万幸 严冬 严正 乐章 关怀 兰花 冷清 华丽 华贵 卓绝 卓越 原谅 古老 古董 史实 史诗 叶子 向海 向阳 周全 周密 周庄 周折 周旋 周详 周转 唐诗 孔雀 "
    "孙女 孙子 宁静 安保 安危 安康 安抚 安然 安达 安闲 安静 宋体 尚武 庄园 康宁 康复 张口 张嘴 张开 张扬 张望 张贴 戈壁 成仁 施恩 施政 方正 时髦 明星 明智 明朗 "
    "明珠 明白 晋升 晋级 曲直 曾孙 朱红 杜绝 杜鹃 杨柳 杨树 杨梅 林木 林立 林荫 查明 查清 桂冠 桂林 桂花 梁山 梅花 梅雨 楚楚 武功 武威 武林 殷勤 殷实 毛发 "
    "毛巾 毛竹 汪洋 沈思 洪亮 洪峰 洪水 洪福 涂抹 温泉 温顺 温馨 游弋 熊猫 王子 王府 田园 田地 田野 白云 白塔 白杨 白桦 白玉 白石 白雪 白领 盛世 盛夏 盛赞 石林 "
    "石柱 石英 石阶 祝福 祝贺 秦岭 童子 童谣 简章 练武 罗汉 罗盘 耿直 胡同 胡琴 苏醒 范文 范畴 蓝光 蓝图 蓝天 解密 许可 许诺 谢幕 谢谢 贺卡 贺喜 路基 辛勤 连成 "
    "连珠 连胜 连贯 金刚 金山 金属 金沙 金玉 金石 金秋 钟声 钟山 钟楼 钟爱 阳光 阳刚 阳春 陆丰 陈列 陈年 陈设 陈述 陶冶 陶醉 雷同 雷声 雷达 雷雨 雷鸣 顾全 顾客 "
    "顾问 马刀 马匹 马达 马道 马鞍 高三 高峰 高平 高强 高昂 高明 高潮 高成 高招 高升 高超 高雅 高耸 高薪 高攀 鲁莽 麻利 黄石 黄牛 黎明 齐全 齐备 文明 文静 常青 江山 "
    "和平 平安 国庆 向前 向东 方圆 康健 常德 严明 曹县 沙石 黄山 凌云 安宁 安全 海洋 江海".split()
)


def main(dictionary: str) -> None:
    words = ALSO_WORDS | {
        word
        for word, seen, kind in (line.split() for line in Path(dictionary).read_text(encoding="utf-8").splitlines())
        if len(word) == 2
        and int(seen) >= SEEN
        and kind not in NAMES
        and all("\u4e00" <= char <= "\u9fff" for char in word)
    }
    behind: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        behind[word[0]].append(word[1])
    rows = [f"{first}\t{''.join(rest)}" for first, rest in sorted(behind.items())]
    head = (
        "# Usual words of two characters: the first, and all those that follow it.\n"
        "# Made by tools/word_table.py from the dictionary of jieba 0.42.1 (MIT). Do not edit.\n"
    )
    target = Path(__file__).parent.parent / "honorroll" / "chinese" / "han" / "pairs.txt"
    target.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
