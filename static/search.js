// The search: loads only the shards of the pairs of characters that were asked for, as scripts, so that it works from
// a folder too. How text is folded and where pairs lie is as in honorroll/search; a test holds the two together.
(function () {
  var BATCH = 10, BLOCKS = 6, PAIRS = 5; // hits at a time, files of words for them, pairs looked up for one word
  var BEFORE = 24, AROUND = 96; // characters of an excerpt before its first match, and in all
  var TITLE_IS = 0, TITLE_BEGINS = 1, TITLE_HAS = 2, INITIALS = 3, TEXT = 4; // the better the lower
  var DROPPED = /[·•・‧\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]/g;
  var WORD = /[0-9a-z\u00df-\u00f6\u00f8-\u024f\u0370-\u052f\u0600-\u06ff\u0f00-\u0fff\u1800-\u18af\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu;
  var DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  function fold(text) {
    return (text.normalize("NFKC").toLowerCase().replace(DROPPED, "").match(WORD) || []).join(" ");
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
    fold: fold, shard: shard, decode: decode,
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
      var plain = sign.replace(DROPPED, "") && (fold(sign) || " ");
      for (var i = 0; i < plain.length; i++) places.push(at);
      folded += plain;
    });
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
      var words = fold(text).split(" ").filter(function (word) { return Array.from(word).length > 1; });
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
