// Chooses the report: a list for a few, a field that searches titles, sources and dates for many.
import { byId, closestTo, el } from "../dom.js";
import { countOf, readableDay } from "../words/text.js";
import { say } from "../words/say.js";

const LIST_LIMIT = 30;
const SHOWN = 60;

/** What a search for reports looks at. */
function searchable({ title, id, source, published }) {
  return [title, id, source, published, readableDay(published)].join(" ").toLocaleLowerCase("en");
}

/** The numbers of the reports that have all words of a query, in order. */
export function findReports(documents, query) {
  const words = query.toLocaleLowerCase("en").split(/\s+/).filter(Boolean);
  const found = [];
  for (const [n, report] of documents.entries()) {
    const text = words.length ? searchable(report) : "";
    if (words.every((word) => text.includes(word))) found.push(n);
  }
  return found;
}

function chooseFromList(model, open) {
  const list = byId("gm-document");
  list.append(...model.documents.map((_, n) => el("option", { value: n }, model.titleOf(n))));
  list.addEventListener("change", () => open(Number(list.value)));
  return (index) => (list.value = String(index));
}

function optionNode(model, index, id) {
  const { source, published } = model.documents[index];
  const facts = [source ? el("bdi", {}, source) : "", source && published ? " · " : "", readableDay(published)];
  const title = el("span", { dir: "auto" }, model.titleOf(index));
  return el(
    "li",
    { id, role: "option", "aria-selected": "false", "data-report": index },
    title,
    el("small", {}, facts),
  );
}

/** A combobox as the ARIA practices describe it: focus stays in the field, arrows move through what it found. */
function chooseBySearch(model, open) {
  const field = byId("gm-report-field");
  const list = byId("gm-report-list");
  let current = 0;
  let active = -1;

  function point(n) {
    const options = list.querySelectorAll("[role=option]");
    active = options.length ? (n + options.length) % options.length : -1;
    options.forEach((option, m) => option.setAttribute("aria-selected", String(m === active)));
    if (active < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
  }

  function fill(query) {
    const found = findReports(model.documents, query);
    const first = query ? 0 : Math.max(0, Math.min(current - 3, found.length - SHOWN));
    const options = found.slice(first, first + SHOWN).map((index, n) => optionNode(model, index, `gm-report-${n}`));
    const left = found.length - options.length;
    const words = found.length ? countOf(left, "more reports to find") : say("reader.none_found");
    const note = left || !found.length ? el("li", { class: "gm-meta", role: "presentation" }, words) : null;
    list.replaceChildren(...options, ...(note ? [note] : []));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    point(query ? 0 : found.slice(first).indexOf(current));
  }

  function shut() {
    list.hidden = true;
    list.replaceChildren();
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
    field.value = model.documents.length ? model.titleOf(current) : "";
  }

  function take(option) {
    if (!option) return;
    const index = Number(option.dataset.report);
    shut();
    open(index);
  }

  const unfold = () => {
    if (!list.hidden) return;
    fill("");
    field.select();
  };
  field.addEventListener("focus", unfold);
  field.addEventListener("click", unfold);
  field.addEventListener("blur", shut);
  field.addEventListener("input", () => fill(field.value));
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (list.hidden) fill("");
      else point(active + step);
    } else if (event.key === "Enter") {
      take(list.querySelector("[aria-selected=true]"));
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      shut();
    }
  });
  // Pressing must not take the focus from the field, or the list would be gone before the click.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => take(closestTo(event, "[role=option]")));
  return (index) => {
    current = index;
    shut();
  };
}

/** Wire the row above the text: previous, chooser, next. `open` opens a report; the answer shows which one is open. */
export function createChooser(model, open) {
  const count = model.documents.length;
  const many = count > LIST_LIMIT;
  byId("gm-navigation").hidden = count < 2;
  byId("gm-report-search").hidden = !many;
  byId("gm-document").hidden = many;
  const show = many ? chooseBySearch(model, open) : chooseFromList(model, open);
  const [previous, next] = [byId("gm-previous"), byId("gm-next")];
  let current = 0;
  previous.addEventListener("click", () => open(current - 1));
  next.addEventListener("click", () => open(current + 1));
  return (index) => {
    current = index;
    previous.disabled = index === 0;
    next.disabled = index >= count - 1;
    show(index);
  };
}
