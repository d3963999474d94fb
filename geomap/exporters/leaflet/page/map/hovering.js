// Areas that answer the pointer: the one below it is drawn stronger and says in words what it is; a finger asks by a tap.
import { el } from "../dom.js";

/**
 * Let an area, or a group of layers, answer. `words` gives what it says, and `point` learns whether the pointer is on it.
 * What is pressed there still belongs to the map.
 * @param {any} layer
 * @param {{ words: () => import("../types").Child[], point?: (on: boolean) => void }} answer
 */
export function answerPointer(layer, { words, point = (_) => {} }) {
  const parts = layer.getLayers?.() ?? [layer];
  const direction = document.documentElement.dir || null;
  const sign = () => el("div", { dir: direction }, ...words());
  // eslint-disable-next-line no-restricted-syntax -- an element is made, never markup of a text
  layer.bindTooltip(sign, { sticky: true, direction: "top", offset: [0, -8], opacity: 1, className: "gm-hover" });
  const set = (on) => () => {
    for (const part of parts) part.getElement()?.classList.toggle("gm-hovered", on);
    point(on);
  };
  layer.on({ mouseover: set(true), mouseout: set(false) });
  return layer;
}
