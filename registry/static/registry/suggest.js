// What may be meant, while a name is typed: people and spellings of the API, as an editable combobox
// with a list (WAI-ARIA Authoring Practices). Without it the box is a plain field of a form.
"use strict";
(() => {
  const box = document.querySelector("input[data-suggest]");
  if (!box) return;
  const PAUSE = 150; // milliseconds without a key before anything is asked
  const list = document.createElement("ul");
  list.id = "suggestions";
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.suggestLabel);
  list.hidden = true;
  box.after(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) box.setAttribute(name, value);
  let asked, waiting;
  let at = -1;

  const close = () => {
    clearTimeout(waiting);
    asked?.abort();
    list.hidden = true;
    at = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const stand = (place) => {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = place;
    const option = list.children[at];
    if (!option) return box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  };
  const year = (date) => {
    const [from, to] = [date?.earliest?.slice(0, 4), date?.latest?.slice(0, 4)];
    return from && from === to ? from : "";
  };
  const option = (href, name, years) => {
    const line = document.createElement("li");
    line.id = `suggestion-${list.children.length}`;
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", "false");
    Object.assign(line.dataset, href ? { href } : { text: name });
    line.append(name);
    if (years) {
      const aside = document.createElement("span");
      aside.className = "aside";
      aside.textContent = ` ${years}`;
      line.append(aside);
    }
    list.append(line);
  };
  const choose = ({ dataset: { href, text } }) => {
    if (href) return location.assign(href);
    box.value = text; // what else the form asks for stays
    close();
    box.form.requestSubmit();
  };
  const show = ({ results, spellings }) => {
    list.replaceChildren();
    at = -1;
    for (const text of spellings) option("", text, "");
    for (const { id, name, birth, death } of results) {
      const years = [year(birth), year(death)];
      option(`${box.form.action}${id}/`, name.full, years.some(Boolean) ? years.join("–") : "");
    }
    list.hidden = !list.children.length;
    box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-expanded", String(!list.hidden));
  };
  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const { signal } = asked;
    try {
      const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(box.value)}`, {
        signal, headers: { "Accept-Language": document.documentElement.lang },
      });
      if (answer.ok) show(await answer.json());
    } catch (problem) {
      // A suggestion that does not come is none: the form can be sent as ever.
      if (!signal.aborted) close();
    }
  };

  box.addEventListener("input", () => {
    close();
    if (box.value.trim().length > 1) waiting = setTimeout(ask, PAUSE);
  });
  box.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const last = list.children.length - 1;
    if (event.key === "ArrowDown") stand(at === last ? -1 : at + 1);
    else if (event.key === "ArrowUp") stand(at < 0 ? last : at - 1);
    else if (event.key === "Enter" && at >= 0) choose(list.children[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("li");
    if (chosen) choose(chosen);
  });
  box.addEventListener("blur", close);
})();
