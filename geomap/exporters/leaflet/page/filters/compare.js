// Comparing two periods of equal length: chosen on the timeline, told apart on the map by what is more and what fewer.
import { el } from "../dom.js";
import { say } from "../words/say.js";
import { rangeWords, shortDay } from "../data/days.js";
import { apartFrom, countPeriods, followPeriods, halvesOf, periodsOf } from "../data/periods.js";
import { changeSign } from "../map/differences.js";

/**
 * What stands on the map while two periods are compared: which they are, and what the signs mean.
 * @param {import("../types").App} app
 */
function createLegend(app, stop) {
  const words = el("p", { class: "gm-compare-days" });
  const totals = el("p", { class: "gm-compare-totals" });
  const close = el(
    "button",
    { type: "button", id: "gm-compare-close", "aria-label": say("compare.stop"), click: stop },
    "×",
  );
  const row = (change, key) => el("li", {}, changeSign(change), el("span", {}, say(key)));
  const rows = el(
    "ul",
    {},
    row({ more: 3, fewer: 0, same: 0 }, "compare.key.more"),
    row({ more: 0, fewer: 2, same: 0 }, "compare.key.fewer"),
    row({ more: 0, fewer: 0, same: 1 }, "compare.key.same"),
  );
  const box = el(
    "div",
    {
      class: "gm-legend gm-compare-legend",
      dir: document.documentElement.dir || null,
      role: "group",
      "aria-label": say("compare.label"),
    },
    close,
    words,
    totals,
    rows,
  );
  const control = L.control({ position: "topleft" });
  control.onAdd = () => box;
  L.DomEvent.disableClickPropagation(box);
  L.DomEvent.disableScrollPropagation(box);

  return function render(periods) {
    if (!periods) return void (box.isConnected && control.remove());
    words.replaceChildren(
      el("b", {}, rangeWords(...periods.now)),
      ` ${say("compare.against")} `,
      el("b", {}, rangeWords(...periods.before)),
    );
    let [before, now] = [0, 0];
    for (const count of countPeriods(app).values()) [before, now] = [before + count.before, now + count.now];
    totals.textContent = say("compare.totals", { now, before });
    if (!box.isConnected) control.addTo(app.map);
  };
}

/**
 * Add the comparison to a timeline of `span`; `parts` are its elements.
 *
 * @param {import("../types").App} app
 * @param {any} parts
 */
export function createCompare(app, parts, span) {
  const { track, side, bars } = parts;
  const { selection } = app;
  const button = el("button", { type: "button", id: "gm-compare", "aria-pressed": "false" }, say("compare.start"));
  const slider = el("input", { type: "range", id: "gm-before", min: 0, step: 1, "aria-label": say("compare.slider") });
  const bands = ["before", "now"].map((name) =>
    el("div", { class: `gm-band gm-band-${name}`, "aria-hidden": "true" }, el("span", {}, say(`compare.band.${name}`))),
  );
  slider.max = String(span.bars);
  bars.before(...bands);
  track.append(slider);
  side.append(button);
  const end = () => app.changeFilters({ against: null });
  const legend = createLegend(app, () => {
    end();
    button.focus();
  });

  function begin() {
    const { from, to } = selection.filters;
    const days =
      from === null || to === null
        ? halvesOf(from ?? span.from, to ?? span.to)
        : { from, to, against: 2 * from - to - 1 };
    app.changeFilters(days);
  }

  button.addEventListener("click", () => (periodsOf(selection.filters) ? end() : begin()));
  slider.addEventListener("input", () => {
    const day = span.from + Number(slider.value) * span.step;
    app.changeFilters({ against: apartFrom({ ...selection.filters, against: day }) });
  });

  const share = (day) => Math.max(0, Math.min(1, (day - span.from) / (span.bars * span.step)));
  function render() {
    const periods = periodsOf(selection.filters);
    button.setAttribute("aria-pressed", String(periods !== null));
    for (const part of [slider, ...bands]) part.hidden = !periods;
    legend(periods);
    if (!periods) return;
    for (const [n, name] of ["before", "now"].entries()) {
      const [left, right] = [share(periods[name][0]), share(periods[name][1] + 1)];
      bands[n].classList.toggle("gm-band-earlier", periods[name][0] === Math.min(periods.before[0], periods.now[0]));
      bands[n].style.insetInlineStart = `calc(9px + (100% - 18px) * ${left})`;
      bands[n].style.width = `calc((100% - 18px) * ${right - left})`;
    }
    slider.value = String(Math.round((periods.before[0] - span.from) / span.step));
    slider.setAttribute(
      "aria-valuetext",
      say("compare.slider.value", { days: rangeWords(...periods.before), first: shortDay(periods.before[0]) }),
    );
  }
  selection.onFilter(render);
  /** What a choice of days means: while two periods are compared, an open end is that of the timeline. */
  function followChoice({ from, to }) {
    const closed = periodsOf(selection.filters) && (from !== null || to !== null);
    const chosen = closed ? { from: from ?? span.from, to: to ?? span.to } : { from, to };
    return followPeriods(chosen, selection.filters);
  }
  return { follow: followChoice };
}
