// Remembers the large-text switch from page to page. Without this file the switch works for one page.
(function () {
  var root = document.documentElement;
  var large = false;
  try { large = localStorage.getItem("large") === "1"; } catch (e) { /* storage is closed: not remembered */ }
  root.classList.add("js");
  root.classList.toggle("large", large);
  document.addEventListener("DOMContentLoaded", function () {
    var box = document.getElementById("large");
    box.checked = large;
    box.addEventListener("change", function () {
      root.classList.toggle("large", box.checked);
      try { localStorage.setItem("large", box.checked ? "1" : "0"); } catch (e) { /* as above */ }
    });
  });
})();
