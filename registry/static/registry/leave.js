// Leaving quickly: the page is replaced, so that "back" does not show it. Escape twice does it too.
"use strict";
(() => {
  const link = document.getElementById("leave");
  if (!link) return;
  const leave = () => {
    document.documentElement.hidden = true;
    location.replace(link.href);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let last = 0;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    const now = Date.now();
    if (now - last < 1500) leave();
    last = now;
  });
})();
