// The search: loads only the shards of the pairs of characters that were asked for, as scripts, so that it works from
// a folder too. How text is folded and where pairs lie is as in honorroll/search; a test holds the two together.
(function () {
  var BATCH = 10, BLOCKS = 6, PAIRS = 5; // hits at a time, files of words for them, pairs looked up for one word
  var BEFORE = 24, AROUND = 96; // characters of an excerpt before its first match, and in all
  var TITLE_IS = 0, TITLE_BEGINS = 1, TITLE_HAS = 2, INITIALS = 3, TEXT = 4; // the better the lower
  var DROPPED = /[·•・‧∙⋅･᛫⸱ꞏ\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]/g;
  var HAN = "[\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}]";
  var GAP = new RegExp("(" + HAN + ")(?:[ \\t-\\r]+|\\.)(?=" + HAN + ")", "gu"), LONE = new RegExp("^" + HAN + "$", "u");
  var WORD = /[0-9a-z\u00df-\u00f6\u00f8-\u024f\u0370-\u052f\u0600-\u06ff\u0f00-\u0fff\u1800-\u18af\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu;
  var DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  // Traditional characters of names, each before its simplified form: honorroll/han/traditional.txt.
  var FORMS = new Map(((
    "亂乱亞亚來来侖仑侶侣俠侠倆俩倉仓個个們们倫伦偉伟側侧偵侦傑杰傘伞備备傳传債债傷伤傾倾僅仅僑侨價价儀仪億亿儉俭優优儲储兒儿內内兪俞冊册凈净凍冻凱凯別别則则剛刚創创劇剧劉刘劍剑勁劲動动務务勛勋勝胜勞劳勢势" +
    "勵励勸劝匯汇區区協协卽即厲厉參参叢丛吳吴呂吕呉吴員员問问啞哑啟启喚唤喪丧喬乔單单嘗尝嘯啸噹当嚴严囯国國国圍围園园圓圆圖图團团執执堅坚堯尧報报場场塊块塗涂塵尘墾垦壇坛壓压壘垒壩坝壽寿夢梦奪夺奮奋妝妆姍姗" +
    "婁娄婦妇婭娅媽妈嫿婳嬈娆嬋婵嬌娇嬪嫔孫孙學学宮宫實实寧宁審审寫写寬宽寵宠寶宝將将尋寻對对導导層层岡冈峯峰島岛峽峡崗岗嵐岚嶺岭帥帅師师帶带幣币幫帮庫库廈厦廟庙廢废廣广廳厅張张強强彊强彌弥彎弯彙汇彥彦徑径" +
    "從从復复徳德徹彻恆恒恵惠悅悦愛爱愜惬愼慎態态慶庆憐怜憲宪憶忆懇恳應应懶懒懷怀戀恋戰战戶户戸户掃扫揚扬揮挥摯挚撲扑擁拥擇择擊击據据擴扩敎教敘叙數数斷断時时晉晋暉晖暢畅暫暂曄晔曆历曇昙曉晓曠旷書书會会東东" +
    "條条棄弃棗枣棟栋棲栖楊杨業业極极榮荣構构樂乐樑梁樓楼標标樞枢樣样樹树橋桥機机檔档檢检權权欖榄欽钦歐欧歡欢歲岁歳岁歷历歸归氣气決决沖冲沢泽況况涼凉淚泪淵渊淸清減减湊凑湯汤溝沟溫温滄沧滅灭滬沪滿满漢汉漣涟" +
    "漸渐潔洁潤润澤泽澱淀濃浓濕湿濟济濤涛濱滨瀅滢瀋沈瀟潇灑洒灣湾灤滦灧滟為为烏乌無无煉炼煒炜煥焕熱热燁烨燈灯營营燦灿爐炉爭争爾尔牽牵狀状獎奖獻献現现瑤瑶瑩莹瑪玛璉琏環环璽玺瓊琼瓏珑瓔璎產产畢毕畫画異异當当" +
    "療疗發发監监盤盘盧卢眞真眾众睜睁矯矫硯砚確确碼码礎础礙碍礦矿祿禄禎祯禮礼種种稱称穌稣積积穎颖穩稳窮穷竅窍竜龙競竞筆笔節节築筑篤笃簡简籃篮籬篱粵粤糧粮紀纪約约紅红紋纹納纳紐纽純纯紗纱級级細细紳绅紹绍終终" +
    "組组結结絕绝絡络絢绚給给統统絳绛經经綠绿維维綱纲綸纶綺绮綿绵緊紧緒绪緣缘緯纬練练總总績绩繆缪織织繪绘繼继繽缤續续罈坛羅罗羣群義义習习聖圣聞闻聯联聰聪聲声聶聂職职肅肃脈脉腦脑膠胶臨临興兴舉举舊旧艷艳茲兹" +
    "莊庄華华萬万葉叶蒼苍蓋盖蓮莲蔣蒋蕭萧薑姜薦荐薩萨藍蓝藝艺藥药藹蔼蘆芦蘇苏蘭兰處处號号虧亏螢萤蠶蚕術术衛卫衝冲衞卫補补裡里複复襲袭見见規规視视親亲覺觉覽览觀观訂订計计訊讯討讨訓训記记訪访設设許许評评詢询" +
    "詩诗話话該该詳详認认誕诞語语誠诚誦诵說说説说課课誼谊調调談谈請请諒谅論论諧谐諸诸諾诺謀谋謙谦講讲謝谢謹谨證证識识譚谭譜谱議议護护譽誉讀读變变讓让豈岂豎竖豐丰貝贝貞贞負负財财貢贡貫贯責责貴贵買买費费賀贺" +
    "資资賈贾賓宾賜赐賞赏賢贤賣卖賴赖賽赛贈赠贊赞贏赢趙赵趨趋踐践躍跃車车軍军軒轩軟软軻轲軼轶較较載载輔辅輕轻輝辉輪轮輯辑輸输轉转辦办農农這这連连進进運运過过達达違违遙遥遜逊遞递遠远適适遲迟遷迁選选遼辽邁迈" +
    "還还邊边郵邮鄉乡鄒邹鄔邬鄧邓鄭郑醞酝醫医釋释釗钊釧钏釵钗鈞钧鈴铃鈺钰銀银銅铜銘铭銳锐鋒锋鋼钢錄录錚铮錢钱錦锦錫锡錳锰鍵键鍾钟鎧铠鎭镇鎮镇鏡镜鐘钟鐵铁鐸铎鑄铸鑒鉴鑠铄長长門门閃闪閆闫閉闭開开閑闲閒闲間间" +
    "閔闵閣阁閩闽閱阅閻阎闊阔闖闯關关陣阵陰阴陳陈陸陆陽阳隊队階阶際际隨随險险隱隐雖虽雙双雛雏雜杂雞鸡離离難难雲云電电霧雾霽霁靈灵靑青靜静鞦秋韋韦韌韧韓韩韜韬韻韵響响頁页頂顶項项順顺須须頌颂預预頓顿頗颇領领" +
    "頻频顆颗題题額额顏颜顔颜願愿類类顧顾顯显風风颯飒飄飘飛飞飲饮飾饰養养餘余館馆饒饶馬马馭驭馮冯馳驰駐驻駒驹駕驾駱骆駿骏騎骑騏骐騫骞驅驱驊骅驍骁驕骄驗验驥骥體体髙高髮发鬚须魚鱼魯鲁鮑鲍鮮鲜鯨鲸鳥鸟鳳凤鳴鸣" +
    "鴻鸿鴿鸽鵑鹃鵠鹄鵬鹏鶯莺鶴鹤鷗鸥鷹鹰鸞鸾鹽盐麗丽麥麦黃黄點点黨党齊齐齋斋龍龙龔龚"
  ).match(/../gu) || []).map(function (pair) { return [pair[0], pair[1]]; }));

  function plain(text) {
    var signs = Array.from(text.normalize("NFKC").toLowerCase().replace(DROPPED, ""));
    return signs.map(function (sign) { return FORMS.get(sign) || sign; }).join("");
  }

  function fold(text) {
    return (plain(text).replace(GAP, "$1").match(WORD) || []).join(" ");
  }

  // The words of a query. Here a blank parts words, but characters that stand alone are one name: 王 伟.
  function wordsOf(query) {
    var words = [], was = false;
    plain(query).split(/[ \t-\r]+/).map(fold).join(" ").split(" ").forEach(function (word) {
      var is = LONE.test(word);
      if (is && was) words.push(words.pop() + word); else words.push(word);
      was = is;
    });
    return words.filter(function (word) { return Array.from(word).length > 1; });
  }

  function shard(pair, count) {
    var signs = Array.from(pair);
    return (signs[0].codePointAt(0) * 1009 + signs[1].codePointAt(0)) % count;
  }

  // The numbers of a list: a bitmap after "!", else the gaps between them.
  function decode(text) {
    var found = [], number = -1, value = 0, shift = 0, at, bit, digit;
    if (text[0] === "!") {
      for (at = 1; at < text.length; at++) {
        digit = DIGITS.indexOf(text[at]);
        for (bit = 0; bit < 6; bit++) {
          value = (at - 1) * 6 + bit; // base64 is highest bit first, the bytes in it are counted from the lowest
          if (digit & (32 >> bit)) found.push((value & ~7) + 7 - (value & 7));
        }
      }
      return found;
    }
    for (at = 0; at < text.length; at++) {
      digit = DIGITS.indexOf(text[at]);
      value |= (digit & 31) << shift;
      shift += 5;
      if (digit < 32) {
        number += value + 1;
        found.push(number);
        value = shift = 0;
      }
    }
    return found;
  }

  // Files of the index.
  var held = {}, coming = {};
  function load(name) {
    if (!coming[name]) {
      coming[name] = new Promise(function (done, fail) {
        var script = document.createElement("script");
        script.onload = function () { if (name in held) done(held[name]); else fail(); };
        script.onerror = function () { delete coming[name]; fail(); };
        script.src = "search/" + name + ".js";
        document.head.appendChild(script);
      });
    }
    return coming[name];
  }
  window.honorrollSearch = {
    fold: fold, words: wordsOf, shard: shard, decode: decode,
    put: function (name, content) { held[name] = content; }
  };

  function common(lists) {
    return lists.reduce(function (left, list) {
      var other = new Set(list);
      return left.filter(function (number) { return other.has(number); });
    });
  }

  // The pairs of a word; of a long one its first and last and some between. Of a number inside, also how long it is.
  function pairsOf(word) {
    var signs = Array.from(word), pairs = [], some = [], at;
    for (at = 1; at < signs.length; at++) pairs.push(signs[at - 1] + signs[at]);
    if (pairs.length <= PAIRS) some = pairs.slice();
    else for (at = 0; at < PAIRS; at++) some.push(pairs[Math.round(at * (pairs.length - 1) / (PAIRS - 1))]);
    var number = /([^0-9])([0-9]+)([^0-9])/u.exec(word);
    if (number) {
      var sign = String.fromCharCode(0xe000 + Math.min(number[2].length, 9));
      some.splice(1, 0, number[1] + sign, sign + number[3]);
    }
    return some;
  }

  // Where a word may occur: numbers of documents with how good each is.
  function occurrences(word, head) {
    var pairs = pairsOf(word);
    return Promise.all(pairs.map(function (pair) { return load("b" + shard(pair, head.shards)); })).then(function (found) {
      var lists = found.map(function (content, at) { return (content[pairs[at]] || "").split("|"); });
      var ranks = new Map();
      function all(which) { return common(lists.map(function (list) { return decode(list[which] || ""); })); }
      function rank(numbers, value) { numbers.forEach(function (number) { ranks.set(number, value); }); }
      var titles = all(1), first = decode(lists[0][2] || ""), last = decode(lists[lists.length - 1][3] || "");
      rank(all(0), TEXT);
      rank(all(4), INITIALS);
      rank(titles, TITLE_HAS);
      rank(common([titles, first]), TITLE_BEGINS);
      rank(common([titles, first, last]), TITLE_IS);
      return ranks;
    });
  }

  // All that may match, best first, of these the newest.
  function candidates(words, head) {
    return Promise.all(words.map(function (word) { return occurrences(word, head); })).then(function (found) {
      var hits = [];
      found[0].forEach(function (_, number) {
        var ranks = found.map(function (ranks) { return ranks.has(number) ? ranks.get(number) : 9; });
        var rank = Math.max.apply(null, ranks);
        if (rank < 9) hits.push({ number: number, rank: rank });
      });
      return hits.sort(function (a, b) { return a.rank - b.rank || b.number - a.number; });
    });
  }

  // A text as one reads it, sign by sign, and folded, with the place of each folded sign in it.
  function chart(text) {
    var signs = Array.from(text), folded = "", places = [];
    signs.forEach(function (sign, at) {
      var own = sign.replace(DROPPED, "") && (fold(sign) || plain(sign).replace(/[^ \t-\r.]/g, "|"));
      for (var i = 0; i < own.length; i++) places.push(at);
      folded += own;
    });
    var kept = "", left = [];
    folded.replace(GAP, function (found, sign) { return sign + "\0".repeat(found.length - sign.length); })
      .split("").forEach(function (unit, at) {
        if (unit === "\0") return;
        kept += /[|.\t-\r]/.test(unit) ? " " : unit;
        left.push(places[at]);
      });
    folded = kept;
    places = left;
    return { signs: signs, folded: folded, places: places };
  }

  // Which signs of a text belong to a match.
  function matches(charted, words) {
    var marked = [];
    words.forEach(function (word) {
      for (var at = charted.folded.indexOf(word); at >= 0; at = charted.folded.indexOf(word, at + 1)) {
        for (var sign = charted.places[at]; sign <= charted.places[at + word.length - 1]; sign++) marked[sign] = true;
      }
    });
    return marked;
  }

  function add(parent, name, text, style) {
    var element = document.createElement(name);
    if (text) element.textContent = text;
    if (style) element.className = style;
    return parent.appendChild(element);
  }

  function write(parent, charted, marked, start, end) {
    for (var at = start, next; at < end; at = next) {
      for (next = at + 1; next < end && marked[next] === marked[at];) next++;
      var piece = charted.signs.slice(at, next).join("");
      if (marked[at]) add(parent, "mark", piece);
      else parent.appendChild(document.createTextNode(piece));
    }
  }

  // A hit in the list, unless the words do not stand in it after all.
  function show(list, row, words) {
    var title = chart(row[3]), text = chart(row[7]), names = row[6], whole = row[8];
    var meant = words.every(function (word) {
      return !whole || (title.folded + " " + names + " " + text.folded).indexOf(word) >= 0;
    });
    if (!meant) return;
    var item = add(list, "li"), link = add(add(item, "h2"), "a");
    link.href = row[1];
    write(link, title, matches(title, words), 0, title.signs.length);
    var facts = add(item, "p", "", "card-meta");
    add(facts, "span", row[2], "kind");
    if (row[5]) add(facts, "span", row[5]);
    if (row[4]) add(facts, "time", row[4]);
    var marked = matches(text, words);
    var start = Math.max(0, (marked.indexOf(true) < 0 ? 0 : marked.indexOf(true)) - BEFORE);
    var end = Math.min(text.signs.length, start + AROUND), excerpt = add(item, "p", start ? "…" : "");
    write(excerpt, text, marked, start, end);
    if (end < text.signs.length || !whole) excerpt.appendChild(document.createTextNode("…"));
  }

  document.addEventListener("DOMContentLoaded", function () {
    var form = document.getElementById("search"), field = form.elements.q, kinds = document.getElementById("search-kinds");
    var told = document.getElementById("search-count"), list = add(document.getElementById("hits"), "ol", "", "hits");
    var more = document.getElementById("search-more"), turn = 0, timer = 0, asked = null;

    function numberOf(kind, hits, head) {
      if (!kind) return hits;
      var own = new Set(decode(head.kinds[kind]));
      return hits.filter(function (hit) { return own.has(hit.number); });
    }

    function offer(hits, head, chosen, choose) {
      kinds.textContent = "";
      [""].concat(Object.keys(head.kinds)).forEach(function (kind) {
        var count = numberOf(kind, hits, head).length;
        if (!count) return;
        var button = add(kinds, "button", (kind || "全部") + " ");
        button.type = "button";
        button.setAttribute("aria-pressed", String(kind === chosen));
        add(button, "span", String(count));
        button.addEventListener("click", function () { choose(kind); });
      });
      kinds.hidden = !hits.length;
    }

    // Show some more hits: as many as a few files of words give.
    function proceed(hits, head, words, mine, again) {
      var files = [], batch = [];
      while (batch.length < hits.length && batch.length < BATCH) {
        var file = "d" + Math.floor(hits[batch.length].number / head.block);
        if (files.indexOf(file) < 0 && files.length === BLOCKS) break;
        if (files.indexOf(file) < 0) files.push(file);
        batch.push(hits[batch.length]);
      }
      return Promise.all(files.map(load)).then(function (found) {
        if (mine !== turn) return;
        var rows = {}, rest = hits.slice(batch.length);
        found.forEach(function (block) { block.forEach(function (row) { rows[row[0]] = row; }); });
        batch.forEach(function (hit) { if (rows[hit.number]) show(list, rows[hit.number], words); });
        var shown = list.children.length, about = rest.length && words.some(function (word) { return word.length > 2; });
        told.textContent = !shown && rest.length ? "较新的里面没有完全相符的，可以再往前找。" : shown
          ? "找到" + (about ? "至多" : "") + (shown + rest.length) + "条"
          : "没有找到“" + field.value.trim() + "”。可以少打几个字，或从下面的名单查找。";
        more.hidden = !rest.length;
        more.onclick = function () {
          var next = list.children.length;
          proceed(rest, head, words, mine).then(function () {
            if (list.children[next]) list.children[next].querySelector("a").focus();
          });
        };
        if (!shown && rest.length && !again) return proceed(rest, head, words, mine, true);
      });
    }

    function search(kind) {
      var text = field.value.trim(), mine = ++turn;
      var words = wordsOf(text);
      asked = text;
      try {
        history.replaceState(null, "", text ? "?q=" + encodeURIComponent(text) : location.pathname);
      } catch (e) { /* a browser that forbids it in a folder */ }
      function clear() { list.textContent = ""; more.hidden = true; }
      if (!words.length) {
        clear();
        kinds.hidden = true;
        told.textContent = text ? "请至少输入两个字。" : "";
        return Promise.resolve();
      }
      return load("index").then(function (head) {
        return candidates(words, head).then(function (hits) {
          if (mine !== turn) return;
          var own = numberOf(kind, hits, head);
          clear();
          offer(hits, head, kind, function (chosen) {
            search(chosen).then(function () { kinds.querySelector("[aria-pressed=true]").focus(); });
          });
          return proceed(own, head, words, mine);
        });
      }).catch(function () {
        if (mine === turn) told.textContent = "搜索没有完成，可能是网络不好。请再试一次。";
      });
    }

    form.addEventListener("submit", function (event) {
      event.preventDefault();
      search("");
    });
    field.addEventListener("input", function (event) {
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(function () { if (field.value.trim() !== asked) search(""); }, 250);
    });
    field.addEventListener("compositionend", function () { field.dispatchEvent(new Event("input")); });
    document.addEventListener("keydown", function (event) {
      var links = [field].concat(Array.from(list.querySelectorAll("a"))), at = links.indexOf(document.activeElement);
      if (at < 0 || event.isComposing) return;
      var next = event.key === "ArrowDown" ? at + 1 : event.key === "ArrowUp" ? at - 1 : event.key === "Escape" ? 0 : -1;
      if (event.key === "Escape" && at === 0) {
        field.value = "";
        search("");
      }
      if (!links[next]) return;
      event.preventDefault();
      links[next].focus();
    });

    list.setAttribute("aria-label", "搜索结果");
    var given = /[?&]q=([^&]*)/.exec(location.search);
    if (given) {
      try { field.value = decodeURIComponent(given[1].replace(/\+/g, " ")); } catch (e) { /* not ours */ }
      search("");
    } else field.focus({ preventScroll: true });
  });
})();
