// The window in which a reader corrects a sentence: what each name means, and whether each event is one.
import { TYPING, byId, closestTo, el } from "../dom.js";
import { countOf, listWords } from "../words/text.js";
import { canSave, saveFile } from "../data/downloads.js";
import {
  factsField,
  fieldOf,
  mentionChoices,
  placeField,
  rowOf,
  sameField,
  takenFor,
  tellingWords,
} from "./correctionfields.js";
import {
  correctionsCsv,
  createVerdicts,
  eventTarget,
  judgementsOf,
  mentionTarget,
  placeCells,
  placeWanted,
  verdictWords,
  whyNotAlways,
} from "../data/verdicts.js";
import { say } from "../words/say.js";

const FILE = "corrections.csv";
const nowWords = () => `${new Date().toISOString().slice(0, 19)}+00:00`;

/** Whether what was decided is what a button says. */
const isSaid = (row, said) => row !== null && Object.entries(said).every(([name, value]) => row[name] === value);

/** The names of a sentence, and the events that it tells or that happened at one of its names. */
function sentenceParts(model, { document, sentence }) {
  const isHere = (mention) => model.mentions.sentence[mention] === sentence;
  const isTold = ({ n, mention }) =>
    model.incidents.tellings.sentence[n] === sentence || (mention >= 0 && isHere(mention));
  const mentions = model.mentionsOf(document).filter((mention) => isHere(mention) && model.mentionText(mention) !== "");
  const tellings = model.factsIn(document).filter(isTold);
  return { mentions, tellings: tellings.sort((a, b) => a.start - b.start || a.mention - b.mention) };
}

/** @param {import("../types").App} app */
export function createJudge(app) {
  const { model } = app;
  const verdicts = createVerdicts(showCount);
  const { judged, isConfirmed, isDenied } = judgementsOf(model, verdicts);
  const said = el("p", { role: "status", class: "gm-meta" });
  const who = el("input", { type: "text", autocomplete: "name" });
  const why = el("input", { type: "text", autocomplete: "off" });
  const always = el("input", { type: "checkbox" });
  const parts = el("div", {});
  const save = el("button", { type: "button", class: "gm-keep", click: saveAll });
  const close = el("button", { type: "button", click: () => dialog.close() }, say("judge.close"));
  const heading = el("h2", { id: "gm-judge-title" }, say("judge.heading"));
  const tick = el("label", { class: "gm-tick" }, always, ` ${say("judge.always")}`);
  const foot = el("p", { class: "gm-verdict-row" }, save, close);
  const fields = [tick, fieldOf(say("judge.why"), why), fieldOf(say("judge.who"), who)];
  const dialog = el("dialog", { id: "gm-judge", "aria-labelledby": heading.id }, heading, parts, fields, said, foot);
  const keep = el("button", { type: "button", class: "gm-keep", click: saveAll });
  const kept = el("p", { id: "gm-kept", hidden: true }, keep);
  document.body.append(dialog);
  byId("gm-head").append(kept);

  function showCount() {
    const rows = verdicts.rows();
    const words = say("judge.save", { corrections: countOf(rows.length, "corrections to save"), file: FILE });
    for (const button of [save, keep]) button.textContent = words;
    save.hidden = kept.hidden = rows.length === 0;
    document.documentElement.dataset.gmVerdicts = String(rows.length);
    app.verdictsChanged();
  }

  function saveAll() {
    saveFile(FILE, correctionsCsv(verdicts.rows()), "text/csv;charset=utf-8");
    verdicts.saved();
    said.textContent = say("judge.saved", { option: `--corrections ${FILE}` });
    if (!dialog.open) app.toast(said.textContent);
  }

  function decide(target, cells) {
    const problem = always.checked ? whyNotAlways(target, cells) : "";
    if (problem) return tell(problem);
    const facts = { always: always.checked, who: who.value.trim(), when: nowWords(), why: why.value.trim() };
    verdicts.give(target, cells, facts);
    tell(say(always.checked ? "judge.noted_always" : "judge.noted", { words: target.words }));
  }

  function takeBack(target) {
    verdicts.take(target);
    tell(say("judge.taken_back", { words: target.words }));
  }

  function tell(words) {
    said.textContent = words;
  }

  function showDecided(target, group) {
    const decided = verdicts.of(target);
    for (const button of group.querySelectorAll("[data-said]")) {
      button.setAttribute("aria-pressed", String(isSaid(decided, JSON.parse(button.dataset.said))));
    }
    const words = listWords(verdicts.every(target).map(verdictWords));
    group.querySelector(".gm-decided").textContent = words && say("judge.decided", { verdict: words });
    group.querySelector(".gm-take").hidden = words === "";
  }

  /** The choices for a target as buttons, and what else `more` offers; what is decided is pressed and told. */
  function choicesOf(target, choices, legend, more) {
    const group = el("fieldset", {}, el("legend", {}, legend));
    const then = (act) => {
      act();
      showDecided(target, group);
    };
    const choose = (cells) => then(() => decide(target, cells));
    const undo = () => {
      then(() => takeBack(target));
      group.querySelector("button")?.focus();
    };
    const take = el("button", { type: "button", class: "gm-take", click: undo }, say("judge.take_back"));
    const buttonOf = ([words, cells]) =>
      el(
        "button",
        { type: "button", "data-said": JSON.stringify(cells), dir: "auto", click: () => choose(cells) },
        words,
      );
    group.append(rowOf(choices.map(buttonOf)), ...more(choose), rowOf([el("span", { class: "gm-decided" }), take]));
    showDecided(target, group);
    return group;
  }

  function mentionGroup(mention) {
    const target = mentionTarget(model, mention);
    const [input, placeParts] = placeField(app, say("judge.other_place"));
    const use = (choose) => () => {
      const cells = placeCells(input.value);
      if (cells) choose({ verdict: "place", ...cells });
      else tell(placeWanted());
    };
    const other = (choose) => [
      rowOf([...placeParts, el("button", { type: "button", click: use(choose) }, say("judge.use"))]),
    ];
    const legend = [
      el("b", {}, el("bdi", {}, say("quoted", { words: target.words }))),
      `${say("comma")}${takenFor(app, mention)}`,
    ];
    return choicesOf(target, mentionChoices(app, mention), legend, other);
  }

  function eventGroup(telling) {
    const target = eventTarget(model, telling);
    const choices = [
      [say("judge.right"), { verdict: "verified" }],
      [say("judge.no_event"), { verdict: "wrong" }],
    ];
    const more = (choose) => [factsField(app, choose, tell), ...sameField(app, telling, choose)];
    const legend = [
      el("b", {}, el("bdi", {}, say("quoted", { words: target.words }))),
      `${say("colon")}${tellingWords(model, telling)}`,
    ];
    return choicesOf(target, choices, legend, more);
  }

  /** Whether a sentence can be corrected here: the file counts offsets of the whole text, which excerpts do not have. */
  const can = (document) => canSave() && !model.documents[document].excerpt;

  function open(document, sentence) {
    if (!can(document)) return app.toast(say("judge.whole_reports_only"));
    const { mentions, tellings } = sentenceParts(model, { document, sentence });
    const [first, last] = model.sentenceSpan(document, sentence);
    const quoted = el("blockquote", { dir: "auto" }, model.documents[document].text.slice(first, last));
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
    if (event.key !== "c" || event.ctrlKey || event.metaKey || event.altKey || closestTo(event, TYPING)) return;
    const { document: report, sentence } = app.selection.state;
    if (sentence === null) return;
    event.preventDefault();
    open(report, sentence);
  });
  window.addEventListener("beforeunload", (event) => verdicts.isUnsaved() && event.preventDefault());
  return { open, can, judged, isConfirmed, isDenied };
}
