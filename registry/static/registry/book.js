// Data entry from a book: while one types, the entry is looked at as it will be read, and entries
// like it are shown. Without this script the button "Look before saving" does the same.
(() => {
  "use strict";
  const form = document.getElementById("book");
  const echo = document.getElementById("echo");
  if (!form || !echo) return;
  const pause = 400;
  let timer = 0;
  let asked = null;

  const look = async () => {
    if (asked) asked.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(form.dataset.look, {
        method: "POST",
        body: new FormData(form),
        signal: asked.signal,
      });
      if (answer.ok && !answer.redirected) {
        echo.innerHTML = await answer.text();
        const proposed = echo.querySelector(".key");
        form.elements.key.placeholder = proposed ? proposed.textContent : "";
      }
    } catch (error) {
      // Whoever types goes on; the page says what is wrong when it is saved.
      if (error.name !== "AbortError") echo.replaceChildren();
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, pause);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(form.elements.save);
    }
  });
})();
