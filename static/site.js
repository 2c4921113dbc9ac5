// Remembers the switches of the header, large text and theme, from page to page. All works without.
(function () {
  var root = document.documentElement, chosen = { large: "", theme: "" };
  function recall() {
    try { for (var name in chosen) chosen[name] = localStorage.getItem(name); } catch (e) { /* storage is closed: not remembered */ }
  }
  function choose(name, value) {
    chosen[name] = value;
    try { localStorage.setItem(name, value); } catch (e) { /* as above */ }
    show();
  }
  function show() {
    var box = document.getElementById("large"), list = document.getElementById("theme"), large = chosen.large === "1";
    root.classList.toggle("large", large);
    root.classList.toggle("light", chosen.theme === "light");
    root.classList.toggle("dark", chosen.theme === "dark");
    if (box) box.checked = large;
    if (list) list.value = /^(light|dark)$/.test(chosen.theme) ? chosen.theme : "auto";
  }
  root.classList.add("js");
  if (navigator.clipboard && navigator.clipboard.writeText) root.classList.add("copies"); // there will be a button
  if (window.speechSynthesis && window.SpeechSynthesisUtterance) root.classList.add("speaks"); // another one
  recall();
  show(); // before anything is painted
  document.addEventListener("DOMContentLoaded", function () {
    show();
    document.getElementById("large").addEventListener("change", function () { choose("large", this.checked ? "1" : "0"); });
    document.getElementById("theme").addEventListener("change", function () { choose("theme", this.value); });
  });
  window.addEventListener("pageshow", function (event) { if (event.persisted) { recall(); show(); } }); // back to a page of before
})();

// The menu of a telephone closes with Escape and when the focus goes elsewhere. That a tap outside closes it is in the style.
document.addEventListener("DOMContentLoaded", function () {
  var menu = document.querySelector(".menu");
  if (!menu) return;
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || event.isComposing || !menu.open) return;
    if (menu.contains(document.activeElement) || document.activeElement === document.body) menu.querySelector("summary").focus();
    menu.open = false;
  });
  menu.addEventListener("focusout", function (event) {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
});

// How many working days of a public notice are left, by this device's date in China. The dates in the text are
// whole without it; outside the notice, by this clock, nothing is added.
document.addEventListener("DOMContentLoaded", function () {
  var today = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);
  Array.prototype.forEach.call(document.querySelectorAll("[data-working-days]"), function (box) {
    var days = box.getAttribute("data-working-days").split(" ");
    var left = days.filter(function (day) { return day >= today; }).length;
    if (!left || today < days[0]) return;
    var words = document.createElement("span");
    words.className = "left-days";
    words.textContent = "按本机日期，含今天还剩" + left + "个工作日";
    box.appendChild(words);
  });
});

// Copies the address of the page. The button is there only where the clipboard is: over https, or on this computer.
document.addEventListener("DOMContentLoaded", function () {
  var box = document.querySelector(".share");
  if (!box || !document.documentElement.classList.contains("copies")) return;
  var button = document.createElement("button"), told = document.createElement("span");
  button.type = "button";
  button.textContent = "复制链接";
  told.setAttribute("role", "status");
  box.appendChild(button);
  box.appendChild(told);
  button.addEventListener("click", function () {
    told.textContent = "";
    navigator.clipboard.writeText(box.getAttribute("data-address") || location.href.split("#")[0]).then(
      function () { told.textContent = "链接已复制，可以粘贴给朋友。"; },
      function () { told.textContent = "没有复制成功，请从地址栏复制。"; }
    );
  });
});

// Reads the text aloud, where the browser can. Piece by piece, since some browsers break off what is long; and a pause
// stops and begins its piece again, since some telephones cannot pause.
document.addEventListener("DOMContentLoaded", function () {
  var place = document.querySelector(".aloud"), speech = window.speechSynthesis;
  if (!place || !document.documentElement.classList.contains("speaks")) return;
  var box = document.createElement("div"), pieces = [], at = 0, current = null;
  function add(name) { return box.appendChild(document.createElement(name)); }
  var main = add("button"), stop = add("button"), told = add("span");
  main.type = stop.type = "button";
  stop.textContent = "停止";
  box.className = "read-aloud";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "朗读");
  told.setAttribute("role", "status");

  // Sentences; what is longer than a breath ends at a comma.
  function split(text) {
    var found = [], piece = "";
    (text.match(/[^。！？；，：…\n\t]{1,80}[。！？；，：…”’」』）]*\n?/g) || []).forEach(function (part) {
      if (piece.length + part.length > 80) { found.push(piece); piece = ""; }
      piece += part;
      if (/[。！？；…\n]/.test(part)) { found.push(piece); piece = ""; }
    });
    return found.concat(piece).map(function (words) { return words.trim(); }).filter(Boolean);
  }
  function text() {
    var parts = document.querySelectorAll("article h1, article .prose, article .document-sign > *");
    return Array.prototype.map.call(parts, function (part) { return part.innerText; }).join("\n");
  }
  function voice() {
    function speaking(pattern) { return speech.getVoices().filter(function (one) { return pattern.test(one.lang); })[0]; }
    return speaking(/^(zh|cmn)[-_](Hans|CN)/i) || speaking(/^(zh|cmn)/i);
  }
  function show(state, words) {
    box.setAttribute("data-state", state);
    main.textContent = state === "reading" ? "暂停" : state === "paused" ? "继续朗读" : "朗读全文";
    stop.hidden = state === "idle";
    told.textContent = words;
  }
  function end(words) { current = null; at = 0; show("idle", words); }
  function next() {
    if (at >= pieces.length) return end("读完了。");
    var mine = current = new SpeechSynthesisUtterance(pieces[at]);
    mine.lang = "zh-CN";
    mine.voice = voice() || null;
    mine.onend = function () { if (mine === current) { at++; next(); } };
    mine.onerror = function () { if (mine === current) end("没有读成，这台设备可能没有中文语音。"); };
    speech.speak(mine);
  }
  function halt() { current = null; speech.cancel(); }
  main.addEventListener("click", function () {
    if (current) { halt(); return show("paused", "已暂停。"); }
    if (speech.getVoices().length && !voice()) return end("这台设备没有中文语音，不能朗读。");
    if (!at) pieces = split(text());
    show("reading", "正在朗读。");
    next();
  });
  stop.addEventListener("click", function () { halt(); end("已停止。"); main.focus(); });
  window.addEventListener("pagehide", function () { if (current) { halt(); show("paused", ""); } });
  show("idle", "");
  place.appendChild(box);
});
