// Remembers the large-text switch from page to page, and counts what is left of a public notice. All works without.
(function () {
  var root = document.documentElement;
  var large = false;
  try { large = localStorage.getItem("large") === "1"; } catch (e) { /* storage is closed: not remembered */ }
  root.classList.add("js");
  if (navigator.clipboard && navigator.clipboard.writeText) root.classList.add("copies"); // there will be a button
  root.classList.toggle("large", large);
  document.addEventListener("DOMContentLoaded", function () {
    var box = document.getElementById("large");
    box.checked = large;
    box.addEventListener("change", function () {
      root.classList.toggle("large", box.checked);
      try { localStorage.setItem("large", box.checked ? "1" : "0"); } catch (e) { /* as above */ }
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
})();

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
