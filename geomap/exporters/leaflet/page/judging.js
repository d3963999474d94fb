// The window in which a reader corrects a sentence: what each name means, and whether each event is one.
import { byId, el, TYPING } from "./dom.js";
import { countOf } from "./text.js";
import { canSave, saveFile } from "./downloads.js";
import { alternativeWords, contextOf, placeTitle } from "./describe.js";
import { subTypeWords } from "./events.js";
import { correctionsCsv, createVerdicts, eventTarget, mentionTarget, placeCells } from "./verdicts.js";

const FILE = "corrections.csv";

const nowWords = () => `${new Date().toISOString().slice(0, 19)}+00:00`;

/** Whether what was decided is what a button says. */
const isSaid = (row, said) => row !== null && Object.entries(said).every(([name, value]) => row[name] === value);

function sentenceParts(model, { document, sentence }) {
  const isHere = (mention) => model.mentions.sentence[mention] === sentence && model.mentionText(mention) !== "";
  const mentions = model.mentionsOf(document).filter(isHere);
  return { mentions, tellings: mentions.flatMap((mention) => model.tellingsAt(mention)) };
}

/** The choices for a name: the program's place, the candidates that it beat, none of them, no place. */
function mentionChoices(app, mention) {
  const { model, base } = app;
  const place = model.places[model.mentions.place[mention]];
  const known = place && !place.basis ? [["Right", { verdict: "place", entry_id: place.entry }]] : [];
  const others = model.alternativesOf(mention).filter(({ id }) => id);
  return [
    ...known,
    ["Not a place", { verdict: "not a place" }],
    ["A place, unknown where", { verdict: "unknown place" }],
    ...others.map((other) => [alternativeWords(other, base), { verdict: "place", entry_id: other.id }]),
  ];
}

function takenFor(app, mention) {
  const { model, base } = app;
  const place = model.places[model.mentions.place[mention]];
  return place ? `taken for ${placeTitle(place)}, ${contextOf(place, base)}` : "not found";
}

export function createJudge(app) {
  const { model } = app;
  const verdicts = createVerdicts(showCount);
  const said = el("p", { role: "status", class: "gm-meta" });
  const who = el("input", { type: "text", autocomplete: "name" });
  const why = el("input", { type: "text", autocomplete: "off" });
  const always = el("input", { type: "checkbox" });
  const parts = el("div", {});
  const save = el("button", { type: "button", class: "gm-keep", click: saveAll });
  const close = el("button", { type: "button", click: () => dialog.close() }, "Close");
  const heading = el("h2", { id: "gm-judge-title" }, "Correct this sentence");
  const field = (words, input) => el("label", { class: "gm-field" }, el("span", {}, words), input);
  const tick = el("label", { class: "gm-tick" }, always, " Always, for these words in every report");
  const foot = el("p", { class: "gm-verdict-row" }, save, close);
  const fields = [tick, field("Why", why), field("Your name", who)];
  const dialog = el("dialog", { id: "gm-judge", "aria-labelledby": heading.id }, heading, parts, fields, said, foot);
  const kept = el(
    "p",
    { id: "gm-kept", hidden: true },
    el("button", { type: "button", class: "gm-keep", click: saveAll }),
  );
  document.body.append(dialog);
  byId("gm-head").append(kept);

  function showCount() {
    const rows = verdicts.rows();
    const words = `Save ${countOf(rows.length, "correction")} as ${FILE}`;
    for (const button of [save, kept.firstChild]) button.textContent = words;
    save.hidden = kept.hidden = rows.length === 0;
    document.documentElement.dataset.gmVerdicts = rows.length;
  }

  function saveAll() {
    saveFile(FILE, correctionsCsv(verdicts.rows()), "text/csv;charset=utf-8");
    verdicts.saved();
    said.textContent = `Saved. Give it to geomap map as --corrections ${FILE}.`;
    if (!dialog.open) app.toast(said.textContent);
  }

  /** Decide, or take back what was decided before; `group` shows which it is now. */
  function decide(target, cells, group) {
    if (isSaid(verdicts.of(target), cells)) {
      verdicts.take(target);
      said.textContent = `“${target.words}”: taken back.`;
    } else {
      const facts = { always: always.checked, who: who.value.trim(), when: nowWords(), why: why.value.trim() };
      verdicts.give(target, cells, facts);
      said.textContent = `“${target.words}”: noted${always.checked ? " for every report" : ""}.`;
    }
    for (const button of group.querySelectorAll("[data-said]")) {
      button.setAttribute("aria-pressed", String(isSaid(verdicts.of(target), JSON.parse(button.dataset.said))));
    }
  }

  function choicesOf(target, choices, legend, more = () => []) {
    const group = el("fieldset", {}, el("legend", { dir: "auto" }, legend));
    const buttonOf = ([words, cells]) => {
      const pressed = String(isSaid(verdicts.of(target), cells));
      const click = () => decide(target, cells, group);
      const facts = { "aria-pressed": pressed, "data-said": JSON.stringify(cells), dir: "auto" };
      return el("button", { type: "button", ...facts, click }, words);
    };
    group.append(
      el("div", { class: "gm-verdict-row" }, choices.map(buttonOf)),
      ...more((cells) => decide(target, cells, group)),
    );
    return group;
  }

  function mentionGroup(mention) {
    const target = mentionTarget(model, mention);
    const input = el("input", { type: "text", autocomplete: "off", spellcheck: "false" });
    const use = (choose) => () => {
      const cells = placeCells(input.value);
      if (cells) choose({ verdict: "place", ...cells });
      else said.textContent = "Give the id of an entry, such as geonames:706483, or a point, such as 50.0, 36.2.";
    };
    const other = (choose) => [
      el(
        "div",
        { class: "gm-verdict-row" },
        field("Another entry’s id, or latitude, longitude", input),
        el("button", { type: "button", click: use(choose) }, "Use"),
      ),
    ];
    const legend = [el("b", {}, `“${target.words}”`), `, ${takenFor(app, mention)}`];
    return choicesOf(target, mentionChoices(app, mention), legend, other);
  }

  function eventGroup(telling) {
    const target = eventTarget(model, telling);
    const subType = telling.sub_type;
    const choices = [
      ["Right", { verdict: "verified" }],
      ["No such event", { verdict: "wrong" }],
    ];
    const options = Object.entries(model.sub_types ?? {}).map(([type, names]) =>
      el(
        "optgroup",
        { label: type },
        names.map((name) => el("option", { value: name, selected: name === subType }, name)),
      ),
    );
    const list = el("select", {}, options);
    const set = (choose) => [
      el(
        "div",
        { class: "gm-verdict-row" },
        field("Right type", list),
        el("button", { type: "button", click: () => choose({ verdict: "event", event_sub_type: list.value }) }, "Set"),
      ),
    ];
    const at = model.mentionText(telling.mention);
    const legend = [el("b", {}, `“${target.words}”`), `: ${subTypeWords(subType)} at ${at}`];
    return choicesOf(target, choices, legend, set);
  }

  /** Whether a sentence can be corrected here: the file counts offsets of the whole text, which excerpts do not have. */
  const can = (document) => canSave() && !model.documents[document].excerpt;

  function open(document, sentence) {
    if (!can(document)) return app.toast("Only whole reports can be corrected here: map them with geomap map.");
    const { mentions, tellings } = sentenceParts(model, { document, sentence });
    const [first, last] = model.sentenceSpan(document, sentence);
    const quoted = el("blockquote", {}, model.documents[document].text.slice(first, last));
    parts.replaceChildren(quoted, ...mentions.map(mentionGroup), ...tellings.map(eventGroup));
    said.textContent = "";
    always.checked = false;
    why.value = "";
    showCount();
    dialog.showModal();
  }

  // The page's own keys mean nothing here, and Escape closes this window alone.
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "c" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(TYPING)) return;
    const { document: report, sentence } = app.selection.state;
    if (sentence === null) return;
    event.preventDefault();
    open(report, sentence);
  });
  window.addEventListener("beforeunload", (event) => verdicts.isUnsaved() && event.preventDefault());
  return { open, can };
}
