// Review of what was sent. While one edits or chooses another person, what would come of it is
// told anew; and keys press the buttons that stand on the page. Without this script the button
// "Look again" does the first, and the buttons do the second.
(() => {
  "use strict";
  const form = document.getElementById("review");
  if (!form) return;
  const pause = 500;
  let timer = 0;
  let asked = null;

  const renew = (text) => {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    form.querySelectorAll("[data-live]").forEach((old) => {
      const now = fresh.getElementById(old.id);
      // What somebody is typing in stays as it is.
      if (now && !old.contains(document.activeElement)) {
        old.replaceChildren(...now.childNodes);
      }
    });
  };

  const look = async () => {
    if (asked) asked.abort();
    asked = new AbortController();
    const data = new FormData(form);
    data.set("do", "look");
    data.delete("all-note");
    try {
      const answer = await fetch(location.href, {
        method: "POST",
        body: data,
        signal: asked.signal,
      });
      if (answer.ok && !answer.redirected) renew(await answer.text());
    } catch (error) {
      // Whoever types goes on: the button looks again, and deciding checks all of it.
      if (error.name !== "AbortError") asked = null;
    }
  };

  const concerns = (name) => /^p\d+-(?!mark|why)/.test(name);
  form.addEventListener("input", (event) => {
    if (!concerns(event.target.name || "")) return;
    clearTimeout(timer);
    timer = setTimeout(look, pause);
  });

  if (!form.hasAttribute("data-keys")) return;
  let rejecting = false;
  const button = (doing) => form.querySelector(`.decide button[value="${doing}"]`);
  const typing = (target) =>
    target.isContentEditable ||
    target.matches("textarea, select, input:not([type=checkbox]):not([type=radio])");

  const open = (field) => {
    if (!field) return;
    for (let one = field.closest("details"); one; one = one.parentElement.closest("details")) {
      one.open = true;
    }
    field.focus();
    field.scrollIntoView({ block: "center" });
  };

  const acts = {
    a: () => open(button("accept")),
    r: () => {
      rejecting = true;
      open(form.querySelector("#whys input"));
    },
    q: () => open(form.elements["all-question"]),
    p: () => open(form.querySelector(".prefer input")),
    l: () => button("look").click(),
    n: () => document.getElementById("next")?.click(),
    "/": () => open(form.querySelector('input[name$="-other"]:not([type=radio])')),
  };

  const reject = (digit) => {
    const whys = [...form.querySelectorAll("#whys input")];
    const why = whys[digit === 0 ? 9 : digit - 1];
    if (!why) return;
    why.checked = true;
    if (why.value === "other") {
      open(form.elements["all-why_text"]);
    } else {
      form.requestSubmit(button("reject"));
    }
  };

  // A key is known by its letter, and in another alphabet by its place.
  const keyOf = (event) => {
    const key = event.key.toLowerCase();
    if (/^[a-z/]$/.test(key)) return key;
    if (/^\p{L}$/u.test(key)) return event.code.replace(/^Key/, "").toLowerCase();
    return event.code === "Slash" && !event.shiftKey ? "/" : key;
  };

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    // Having said why it is preferred one goes on to accepting; nothing is decided yet.
    if (event.target.closest(".prefer") && button("accept")) {
      event.preventDefault();
      open(button("accept"));
    }
    if (event.target.name === "all-question" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(button("ask"));
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (typing(event.target)) return;
    if (rejecting && /^\d$/.test(event.key)) {
      event.preventDefault();
      reject(Number(event.key));
      return;
    }
    const act = acts[keyOf(event)];
    if (act && button("accept")) {
      event.preventDefault();
      rejecting = false;
      act();
    }
  });
})();
