// The page as a frame in another one: title, map, key and credit, and a link to the whole map. No reading pane.
import { el } from "../dom.js";
import { say } from "../words/say.js";
import { addressWith } from "./share.js";

const isEmbedded = () => document.documentElement.classList.contains("gm-embed");

/**
 * A map in a frame must not catch what scrolls the page around it: the wheel waits for a click, a finger for a second one.
 * @param {import("../types").App} app
 */
function yieldToThePage({ map, toast }) {
  const container = map.getContainer();
  const coarse = window.matchMedia("(pointer: coarse)");
  const settle = () => {
    map.scrollWheelZoom[isEmbedded() ? "disable" : "enable"]();
    map.dragging[isEmbedded() && coarse.matches ? "disable" : "enable"]();
  };
  const wake = () => isEmbedded() && map.scrollWheelZoom.enable();
  container.addEventListener("click", wake, { capture: true });
  container.addEventListener("wheel", (event) => (event.ctrlKey || event.metaKey) && wake(), { capture: true });
  container.addEventListener("mouseleave", settle);
  container.addEventListener("touchmove", ({ touches }) => {
    if (isEmbedded() && coarse.matches && touches.length === 1) toast(say("embed.two_fingers"));
  });
  coarse.addEventListener("change", settle);
  return settle;
}

/**
 * Prepare the frame; what it gives back turns it on and off.
 * @param {import("../types").App} app
 */
export function createEmbed(app) {
  const { map, frame, selection } = app;
  const words = say("embed.whole");
  const link = el("a", { class: "gm-whole", href: "#", target: "_blank", rel: "noopener" }, words);
  frame.credit.before(el("p", { class: "gm-frame-whole" }, link));
  // A page that is blocked from opening windows still shows where it leads.
  const aim = () => (link.href = addressWith(app.linkFor({ embed: false, step: null })));
  for (const event of ["pointerdown", "focus", "click"]) link.addEventListener(event, aim);
  const settle = yieldToThePage(app);
  const fill = () => isEmbedded() && app.regions && frame.fill();
  let pending = 0;
  const soon = () => (pending ||= setTimeout(() => ((pending = 0), fill()), 200));
  map.on("moveend layeradd layerremove", soon);
  selection.onFilter(soon);

  return function show(embedded) {
    if (embedded === isEmbedded()) return;
    document.documentElement.classList.toggle("gm-embed", embedded);
    fill();
    aim();
    settle();
    map.invalidateSize({ pan: false });
  };
}
