// A story: steps with captions, each of which flies to a saved address.
import { byId, el } from "../dom.js";
import { say } from "../words/say.js";

/**
 * Add the card that tells the story of the page, if it has one. `go` moves to a step, null leaves the story.
 * @param {import("../types").App} app
 */
export function createStory(app, go) {
  const { model, selection } = app;
  const { story } = model;
  if (!story) return { show() {} };
  const { steps } = story;
  /** The step that is told; the first, while none is. */
  const current = () => selection.state.step ?? 0;
  const button = (id, words, act) => el("button", { type: "button", id, click: act }, words);
  const [heading, caption] = [el("h2", { dir: "auto" }), el("p", { dir: "auto", class: "gm-story-caption" })];
  const back = button("gm-story-back", say("story.back"), () => go(current() - 1));
  const next = button("gm-story-next", "", () => go(current() + 1 < steps.length ? current() + 1 : 0));
  const count = el("span", { class: "gm-story-count" });
  const leave = button("gm-story-leave", "×", () => {
    go(null);
    resume.focus();
  });
  leave.setAttribute("aria-label", say("story.leave"));
  leave.title = say("story.leave");
  const body = el("div", { class: "gm-story-body", "aria-live": "polite", tabindex: 0 }, heading, caption);
  const title = el("span", { class: "gm-story-title", dir: "auto" }, story.title || say("story.label"));
  const card = el(
    "section",
    { id: "gm-story", "aria-label": say("story.label") },
    el("header", {}, title, leave),
    body,
    el("footer", {}, back, count, next),
  );
  let last = 0;
  const resume = button("gm-story-resume", say("story.resume"), () => {
    go(last);
    next.focus();
  });
  byId("gm-timeline").before(card, resume);

  card.addEventListener("keydown", (event) => {
    const target = { ArrowRight: current() + 1, ArrowLeft: current() - 1, Home: 0, End: steps.length - 1 }[event.key];
    if (!steps[target] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    go(target);
  });

  function show() {
    const { step } = selection.state;
    card.hidden = step === null;
    resume.hidden = step !== null;
    document.documentElement.classList.toggle("gm-telling", step !== null);
    if (step === null) return;
    last = step;
    heading.textContent = steps[step].heading;
    heading.hidden = !steps[step].heading;
    caption.textContent = steps[step].caption;
    count.textContent = say("story.count", { step: step + 1, steps: steps.length });
    next.textContent = step + 1 < steps.length ? say("story.next") : say("story.again");
    if (back.ownerDocument.activeElement === back && !step) next.focus();
    back.disabled = step === 0;
    body.scrollTop = 0;
    app.panel.lower();
  }
  return { show };
}
