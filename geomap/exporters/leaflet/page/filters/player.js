// The button below the map that plays the days: a step, a pause, a range that grows or moves on.
import { byId, svg } from "../dom.js";
import { nextRange } from "../data/days.js";
import { say } from "../words/say.js";

/** Milliseconds from one bar to the next: a timeline plays for about fifteen seconds, but never too fast to follow. */
const [PLAY_TIME, FASTEST, SLOWEST] = [15000, 250, 700];
const ICONS = {
  play: "M6 4l10 6-10 6z",
  pause: "M6 4h3v12H6zM12 4h3v12h-3z",
  step: "M5 4l8 6-8 6zM13.5 4h2.5v12h-2.5z",
};

function playIcon(name) {
  const box = { viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true" };
  return svg("svg", box, svg("path", { d: ICONS[name] }));
}

/**
 * The player: with the first day chosen, days add up; any other range moves on as it is. Each press is one step without animation.
 * @param {import("../types").App} app
 */
export function createPlayer(app, { play }, { span, current, choose }) {
  let timer = 0;
  let growing = true;
  /** The bars that it chose last, null while it chooses: any other days stop it. */
  /** @type {string | null} */
  let chosen = null;
  const delay = Math.min(SLOWEST, Math.max(FASTEST, PLAY_TIME / span.bars));

  function show() {
    const [icon, words] = timer
      ? ["pause", say("timeline.pause")]
      : app.animate
        ? ["play", say("timeline.play")]
        : ["step", say("timeline.step")];
    play.replaceChildren(playIcon(icon));
    play.setAttribute("aria-label", words);
    play.title = timer ? words : say("timeline.how", { words });
    byId("gm-counts").setAttribute("aria-live", timer ? "off" : "polite");
  }

  function stop() {
    clearTimeout(timer);
    timer = 0;
    show();
  }

  /** Where playing begins: at the first bar when all is shown, at the start when the end was reached, else where it is. */
  function begin() {
    const [start, end] = current();
    growing = start === 0;
    if (end < span.bars) return nextRange(span, [start, end], growing);
    return growing ? [0, 1] : [0, end - start];
  }

  function move(bars) {
    chosen = null;
    choose(bars);
    chosen = String(current());
  }

  function step() {
    const next = nextRange(span, current(), growing);
    if (!next) return stop();
    move(next);
    timer = setTimeout(step, delay);
  }

  /** Stop where somebody else has chosen days. */
  function heed() {
    if (timer && chosen !== null && String(current()) !== chosen) stop();
  }

  play.addEventListener("click", () => {
    if (timer) return stop();
    move(begin());
    if (app.animate) timer = setTimeout(step, delay);
    show();
  });
  show();
  return { stop, heed };
}
