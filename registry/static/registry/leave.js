// Leaving quickly: the page is replaced, so that "back" does not show it. Escape twice does it too.
// Who is frightened presses more often: a second departure would break off the first, and Escape
// itself stops a page that is loading, so both are kept from it.
"use strict";
(() => {
  const link = document.getElementById("leave");
  if (!link) return;
  let leaving = false;
  const leave = () => {
    if (leaving) return;
    leaving = true;
    document.documentElement.hidden = true;
    location.replace(link.href);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let last = 0;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (leaving) event.preventDefault();
    if (event.repeat) return;
    const now = Date.now();
    if (now - last < 1500) {
      event.preventDefault();
      leave();
    }
    last = now;
  });
})();
