// What a place says when it is opened: a popup on the map, or the sheet below it on a phone.
import { el } from "../dom.js";
import { countOf, numberWords, percentWords } from "../words/text.js";
import { nearestLongitude } from "../map/worldcopies.js";
import { bySentence, quote } from "./quotes.js";
import { EVENT_KINDS } from "../data/events.js";
import { eventIcon } from "../signs/icons.js";
import { contextOf, distanceWords, isAbout, placeTitle, toldWords } from "../words/placewords.js";
import { incidentCard, setCard } from "./incidentcard.js";
import { markerRadius, signKind } from "../signs/symbols.js";
import { say } from "../words/say.js";

const PAGE = 5;
const INCIDENTS = 4;
const GHOSTS = 12;
/** Pixels of a map beside a popup, for the buttons; and the least height that a popup is worth opening with. */
const [SIDES, MIN_CARD] = [84, 120];

/** @param {import("../types").App} app */
function quoteList(app, groups) {
  const list = el("ul", { class: "gm-quotes" });
  const more = el("button", { type: "button", class: "gm-more" });
  const addPage = () => {
    const from = list.children.length;
    for (const mentions of groups.slice(from, from + PAGE)) list.append(quote(app, mentions));
    const left = groups.length - list.children.length;
    more.hidden = left <= 0;
    more.textContent = say("card.more", { more: Math.min(PAGE, left), count: groups.length });
  };
  more.addEventListener("click", addPage);
  addPage();
  return [list, more];
}

/** What the text says of where a place is that the gazetteer does not have, or of a spot off one that it has. */
function saidOf(place) {
  if (place.basis === "coordinates") return say("card.coordinates", { told: toldWords(place) });
  if (place.basis) return say("card.told", { told: toldWords(place) });
  return place.relation ? say("card.relation", { words: placeTitle(place) }) : say("card.roughly");
}

/** What to know of a place before its sentences are read, and whether to doubt it. */
export function warnings(place, group, bar) {
  const near = isAbout(place) ? say("card.within", { distance: distanceWords(place.radius_km) }) : "";
  const area = place.kind === "point" ? "" : say("card.area");
  const low = signKind(group) === "low";
  const doubt = say("card.doubtful", { percent: percentWords(group.best), bar: percentWords(bar) });
  return [near || place.basis ? `${saidOf(place)} ${near}`.trim() : area, low ? doubt : ""].filter(Boolean);
}

/** How often each kind of event happened here, with pictures. */
function eventCounts(group) {
  const kinds = [...EVENT_KINDS.keys()].filter((kind) => kind && group.kinds[kind]);
  if (!kinds.length) return null;
  kinds.sort((a, b) => group.kinds[b] - group.kinds[a] || a - b);
  const count = (kind) =>
    el("li", {}, eventIcon(kind, 13), ` ${EVENT_KINDS[kind].label} ${numberWords(group.kinds[kind])}`);
  return el("ul", { class: "gm-event-counts", "aria-label": say("card.events") }, kinds.map(count));
}

/**
 * The incidents here as cards, those that a mention tells of first and open; an only one is open, too.
 * @param {import("../types").App} app
 */
function incidentList(app, group, mention) {
  const { incidents } = app.model;
  const told = mention === null ? [] : Array.from(incidents.tellingsAt(mention), (n) => incidents.owner[n]);
  const here = group.incidents;
  const first = here.filter((i) => told.includes(i));
  const ordered = [...first, ...here.filter((i) => !told.includes(i)).sort(app.feed.latest)];
  const isOpen = (i) => first.includes(i) || here.length === 1;
  const list = el("ul", { class: "gm-feed gm-told" });
  const toggle = (i) => {
    const card = list.querySelector(`[data-incident="${i}"]`);
    if (card) setCard(app, card, !card.classList.contains("gm-open"), { listed: false });
  };
  const add = (part) =>
    list.append(...part.map((i) => incidentCard(app, i, { open: isOpen(i), toggle, listed: false })));
  add(ordered.slice(0, INCIDENTS));
  const rest = ordered.slice(INCIDENTS);
  if (!rest.length) return [list];
  const more = el("button", { type: "button", class: "gm-more" }, say("place.more_events", { count: rest.length }));
  more.addEventListener("click", () => {
    add(rest);
    list.children[INCIDENTS].querySelector("button")?.focus();
    more.remove();
  });
  return [list, more];
}

/** @param {import("../types").App} app */
function placeCard(app, index, first) {
  const { model } = app;
  const place = model.places[index];
  const group = app.selection.groups.get(index);
  const shown = new Set(group.incidents);
  const isTold = (mention) =>
    Array.from(model.incidents.tellingsAt(mention)).some((n) => shown.has(model.incidents.owner[n]));
  const naming = bySentence(
    model,
    group.mentions.filter((mention) => !isTold(mention)),
  );
  const wanted = naming.findIndex((mentions) => mentions.includes(first));
  if (wanted > 0) naming.unshift(...naming.splice(wanted, 1));
  const reports = new Set(group.mentions.map((mention) => model.mentions.document[mention])).size;
  const counts = say("card.counts", {
    mentions: countOf(group.count, "mention"),
    reports: countOf(reports, "in reports"),
  });
  const head = el(
    "div",
    { class: "gm-card-head" },
    el("h2", { tabindex: -1 }, el("bdi", {}, placeTitle(place))),
    el("p", {}, `${contextOf(place, app.base)} · ${counts}`),
    eventCounts(group),
    warnings(place, group, model.doubt_below).map((words) => el("p", { class: "gm-warning" }, words)),
  );
  const told = shown.size ? incidentList(app, group, first) : [];
  const also = shown.size && naming.length ? el("h3", { class: "gm-also" }, say("place.also_named")) : null;
  return el("div", { class: "gm-card" }, head, told, also, naming.length ? quoteList(app, naming) : []);
}

/** Mark where else an uncertain mention could be: hollow signs, each with a line to the place that was chosen. */
function drawGhosts(layer, from, others) {
  layer.clearLayers();
  const seen = new Set();
  for (const other of others) {
    const spot = [other.latitude, nearestLongitude(other.longitude, L.latLng(from).lng)];
    if (seen.has(String(spot)) || seen.size >= GHOSTS) continue;
    seen.add(String(spot));
    const style = { pane: "gm-ghosts", interactive: false };
    L.polyline([from, spot], { ...style, className: "gm-ghost-line" }).addTo(layer);
    L.circleMarker(spot, { ...style, radius: 7, className: "gm-ghost" }).addTo(layer);
    const name = {
      className: "gm-base-name gm-ghost-name",
      iconSize: [0, 0],
      html: el("span", {}, say("card.ghost", { name: other.name })),
    };
    L.marker(spot, { ...style, keyboard: false, icon: L.divIcon(name) }).addTo(layer);
  }
}

/** How far what lies over the left side of the map reaches into it: the card of a story, the legend of a comparison. */
function coveredWidth(map) {
  const frame = map.getContainer();
  const over = [...document.querySelectorAll("#gm-story"), ...frame.querySelectorAll(".leaflet-top.leaflet-left")];
  const boxes = over.map((node) => node.getBoundingClientRect()).filter(({ height }) => height);
  return Math.max(0, ...boxes.map(({ right }) => right - frame.getBoundingClientRect().left));
}

/**
 * Open and close places. `app.places` of the map gives the marker's position and element.
 * @param {import("../types").App} app
 */
export function createPlaceView(app) {
  const { map, selection, model } = app;
  map.createPane("gm-ghosts").style.zIndex = 380;
  const ghosts = L.layerGroup().addTo(map);
  /** Leaflet's. @type {any} */
  let popup = null;
  /** What the focus goes back to. @type {HTMLElement | null} */
  let opener = null;

  function settle() {
    ghosts.clearLayers();
    selection.state.place = null;
    app.markers.markSelected();
    app.saveAddress({ step: "place" });
    if (opener?.isConnected) opener.focus();
    opener = null;
  }

  function openPopup(index, card, position) {
    const { x, y } = map.getSize();
    const width = Math.min(360, x - SIDES);
    card.style.setProperty("--gm-room", `${Math.max(MIN_CARD, y - SIDES)}px`);
    const isPoint = model.places[index].kind === "point";
    const radius = isPoint ? markerRadius(selection.groups.get(index)) : 10;
    const options = { maxWidth: width, minWidth: Math.min(300, width), offset: [0, 4 - radius] };
    const beside = coveredWidth(map);
    const left = beside + width + SIDES <= x ? beside : 0;
    const mine = L.popup({ ...options, autoPanPaddingTopLeft: [14 + left, 14], autoPanPaddingBottomRight: [60, 30] });
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
    opener = byKeyboard ? /** @type {HTMLElement | null} */ (document.activeElement) : null;
    selection.state.place = index;
    const card = placeCard(app, index, mention);
    const position = app.markers.positionOf(index);
    const group = selection.groups.get(index);
    const low = model.places[index].kind === "point" && signKind(group) === "low";
    drawGhosts(ghosts, position, low ? group.mentions.flatMap((uncertain) => model.alternativesOf(uncertain)) : []);
    if (app.panel.isPhone()) {
      app.panel.showPlace(card, close);
      if (!map.getBounds().pad(-0.1).contains(position)) map.panTo(position, { animate: app.animate });
    } else {
      openPopup(index, card, position);
    }
    app.markers.markSelected();
    app.saveAddress({ step: "place" });
    if (byKeyboard) card.querySelector("h2")?.focus();
  }

  /** Show on the map where else a mention could be; null for nothing. */
  function showOthers(mention) {
    const { place } = selection.state;
    if (place === null) return;
    drawGhosts(ghosts, app.markers.positionOf(place), mention === null ? [] : model.alternativesOf(mention));
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && selection.state.place !== null) close();
  });
  selection.onFilter(() => {
    if (selection.state.place === null) return;
    close();
    app.markers.draw(); // The labels were arranged around the place that was open.
  });
  return { open, close, showOthers };
}
