// What Leaflet itself writes on a page, in the page's language.
import { say } from "../words/say.js";
import { metreWords } from "../words/text.js";

/** Leaflet's scale, with the units as the language writes them. */
function scaleClass() {
  return L.Control.Scale.extend({
    _updateMetric(most) {
      const metres = this._getRoundNum(most);
      this._updateScale(this._mScale, metreWords(metres), metres / most);
    },
  });
}

/** Add the scale, and words for the button that closes a popup. */
export function prepareLeaflet(map) {
  const Scale = scaleClass();
  new Scale({ position: "bottomleft", imperial: false }).addTo(map);
  map.on("popupopen", ({ popup }) => {
    const button = popup.getElement().querySelector(".leaflet-popup-close-button");
    button?.setAttribute("aria-label", say("judge.close"));
  });
}

/** Name the button that unfolds the chooser of backgrounds. */
export function nameChooser(chooser) {
  const button = chooser.getContainer().querySelector(".leaflet-control-layers-toggle");
  if (!button) return;
  button.title = say("tiles.chooser");
  button.setAttribute("aria-label", button.title);
}
