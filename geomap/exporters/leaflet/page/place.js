// What a place says when it is opened: a popup on the map, or the sheet below it on a phone.
import { el } from "./dom.js";
import { countOf } from "./text.js";
import { bySentence, quote } from "./quotes.js";
import { contextOf } from "./describe.js";
import { markerRadius, signKind } from "./symbols.js";

const PAGE = 5;

function quoteList(app, groups) {
  const list = el("ul", { class: "gm-quotes" });
  const more = el("button", { type: "button", class: "gm-more" });
  const addPage = () => {
    const from = list.children.length;
    for (const mentions of groups.slice(from, from + PAGE)) list.append(quote(app, mentions));
    const left = groups.length - list.children.length;
    more.hidden = left <= 0;
    more.textContent = `Show ${Math.min(PAGE, left)} more of ${countOf(groups.length, "sentence")}`;
  };
  more.addEventListener("click", addPage);
  addPage();
  return [list, more];
}

function warning(place, group) {
  if (place.kind !== "point") return "The text names the whole area. The label is not a location.";
  if (signKind(group) === "low") return "An uncertain match: other places have this name.";
  return "";
}

function placeCard(app, index, first) {
  const place = app.model.places[index];
  const group = app.selection.groups.get(index);
  const groups = bySentence(app.model, group.mentions);
  const wanted = groups.findIndex((mentions) => mentions.includes(first));
  if (wanted > 0) groups.unshift(...groups.splice(wanted, 1));
  const note = warning(place, group);
  const context = `${contextOf(place, app.base)} · ${countOf(group.mentions.length, "mention")}`;
  const head = el(
    "div",
    { class: "gm-card-head" },
    el("h2", { tabindex: -1 }, place.name),
    el("p", {}, context),
    note ? el("p", { class: "gm-warning" }, note) : null,
  );
  return el("div", { class: "gm-card" }, head, quoteList(app, groups));
}

/** Mark where else an uncertain mention could be. */
function drawGhosts(app, layer, index) {
  const place = app.model.places[index];
  const group = app.selection.groups.get(index);
  if (place.kind !== "point" || signKind(group) !== "low") return;
  const seen = new Set();
  for (const other of group.mentions.flatMap((mention) => app.model.alternativesOf(mention)).slice(0, 12)) {
    const spot = [other.latitude, other.longitude];
    if (seen.has(String(spot))) continue;
    seen.add(String(spot));
    const style = { pane: "gm-ghosts", interactive: false };
    L.polyline([[place.latitude, place.longitude], spot], { ...style, className: "gm-ghost-line" }).addTo(layer);
    L.circleMarker(spot, { ...style, radius: 6, className: "gm-ghost" }).addTo(layer);
    const icon = L.divIcon({
      className: "gm-base-name gm-town",
      iconSize: [0, 0],
      html: el("span", {}, `${other.name}?`),
    });
    L.marker(spot, { ...style, keyboard: false, icon }).addTo(layer);
  }
}

/** Open and close places. `app.places` of the map gives the marker's position and element. */
export function createPlaceView(app) {
  const { map, selection, model } = app;
  map.createPane("gm-ghosts").style.zIndex = 380;
  const ghosts = L.layerGroup().addTo(map);
  let popup = null;
  let opener = null;

  function settle() {
    ghosts.clearLayers();
    selection.state.place = null;
    app.markSelected();
    app.saveAddress();
    if (opener?.isConnected) opener.focus();
    opener = null;
  }

  function openPopup(index, card, position) {
    const width = Math.min(360, map.getSize().x - 30);
    const isPoint = model.places[index].kind === "point";
    const radius = isPoint ? markerRadius(selection.groups.get(index).mentions.length) : 10;
    const options = { maxWidth: width, minWidth: Math.min(300, width), offset: [0, 4 - radius] };
    const mine = L.popup({ ...options, autoPanPaddingTopLeft: [14, 14], autoPanPaddingBottomRight: [60, 30] });
    popup = mine.setLatLng(position).setContent(card);
    mine.on("remove", () => {
      if (popup !== mine) return;
      popup = null;
      settle();
    });
    mine.openOn(map);
  }

  function close() {
    if (popup) popup.remove();
    else if (selection.state.place !== null) settle();
    app.panel.leavePlace();
  }

  function open(index, { mention = null, byKeyboard = false } = {}) {
    if (!selection.groups.has(index)) return;
    const before = popup;
    popup = null;
    before?.remove();
    ghosts.clearLayers();
    opener = byKeyboard ? document.activeElement : null;
    selection.state.place = index;
    const card = placeCard(app, index, mention);
    const position = app.positionOf(index);
    drawGhosts(app, ghosts, index);
    if (app.panel.isPhone()) {
      app.panel.showPlace(card, close);
      if (!map.getBounds().pad(-0.1).contains(position)) map.panTo(position, { animate: app.animate });
    } else {
      openPopup(index, card, position);
    }
    app.markSelected();
    app.saveAddress();
    if (byKeyboard) card.querySelector("h2").focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && selection.state.place !== null) close();
  });
  selection.onFilter(() => {
    if (selection.state.place === null) return;
    close();
    app.markers.draw(); // The labels were arranged around the place that was open.
  });
  return { open, close };
}
