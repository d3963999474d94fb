// The markers of places and clusters: the sign, the name, what they say aloud, and what choosing them does.
import { el } from "../dom.js";
import { countOf } from "../words/text.js";
import { EVENT_KINDS } from "../data/events.js";
import { makeButton } from "./markerbuttons.js";
import { inView } from "./worldcopies.js";
import { isAbout, placeTitle, stateWords } from "../words/placewords.js";
import { kindsInWords } from "../words/eventwords.js";
import { clusterRadius, clusterSign, kindClass, mainKind, markerRadius, markerSign } from "../signs/symbols.js";
import { kindsOfCluster, weightOf } from "./clusters.js";
import { say } from "../words/say.js";

/**
 * What makes the markers: of a place, and of a cluster of places. Pointing at one is told to the text.
 * @param {import("../types").App} app
 */
export function createPlaceMarkers(app) {
  const { map, model, selection } = app;
  map.createPane("gm-soft").style.zIndex = 355;
  const softRenderer = L.svg({ pane: "gm-soft", padding: 0.3 });

  /** Tell the text which place is pointed at on the map. */
  function pointAt(place) {
    app.reader.highlight(place ?? null);
  }

  /**
   * A marker with its sign and name; `words` say to screen readers what it is.
   * @param {any} position
   * @param {any} look
   * @returns {any}
   */
  function makeItem(position, { sign, radius, name, className, words, act, place }) {
    const label = el("span", { class: "gm-name" }, name);
    const icon = { className: `gm-marker ${className}`, iconSize: [2 * radius + 8, 2 * radius + 8] };
    const html = el("div", {}, label, " ", sign);
    const marker = L.marker(position, { icon: L.divIcon({ ...icon, html }), riseOnHover: true });
    makeButton(marker, words, act);
    marker.on("mouseover mouseout", ({ type }) => pointAt(type === "mouseover" ? place : null));
    marker.on("add", () => {
      marker.getElement().addEventListener("focus", () => pointAt(place));
      marker.getElement().addEventListener("blur", () => pointAt(null));
    });
    return { marker, radius, label, name, place };
  }

  function placeItem(position, place) {
    const group = selection.groups.get(place);
    const about = isAbout(model.places[place]);
    const name = placeTitle(model.places[place]);
    const verified = group.events > 0 && group.incidents.every((incident) => selection.verified[incident]);
    const counted = group.events ? countOf(group.events, "event") : countOf(group.count, "mention");
    const item = makeItem(position, {
      sign: markerSign(group, { about, verified }),
      radius: markerRadius(group),
      name,
      className: model.places[place].basis === "relation" ? "gm-place gm-told-place" : "gm-place",
      words: `${name} ${counted}${verified ? say("sign.verified") : ""}${stateWords(model.places[place], group)}${kindsInWords(group.kinds)}`,
      act: (byKeyboard) => app.places.open(place, { byKeyboard }),
      place,
    });
    return { ...item, weight: weightOf(group), place, soft: about ? softCircle(place, group) : null };
  }

  /** The area in which something that is only near a place may lie. */
  function softCircle(place, group) {
    const { latitude, longitude, radius_km: kilometres } = model.places[place];
    const middle = inView(map, L.latLng(latitude, longitude)); // Its marker may have been spread out.
    const className = `gm-soft gm-soft-${EVENT_KINDS[mainKind(group.kinds)].key} ${kindClass(mainKind(group.kinds))}`;
    const style = { renderer: softRenderer, pane: "gm-soft", interactive: false, className };
    return L.circle(middle, { ...style, radius: 1000 * kilometres });
  }

  /** The marker of a cluster: `parting` is the zoom at which it falls apart, null for never; `act` is what choosing it does. */
  function clusterItem(position, properties, { parting, act }) {
    const { cluster_id: id, count, events, places, doubtful, top, source } = properties;
    const { name } = model.places[top];
    const kinds = kindsOfCluster(properties);
    const title = source < 0 ? `${name} +${places - 1}` : name;
    const doubt = doubtful ? `${say("comma")}${say("cluster.doubtful", { count: doubtful })}` : "";
    const doing = say(parting === null ? "cluster.spread" : "cluster.zoom");
    const mentions = events ? countOf(events, "event") : countOf(count, "mention");
    const counted = { mentions, points: countOf(places, "at points") };
    const item = makeItem(position, {
      sign: clusterSign(kinds, { count, doubtful: doubtful === places }),
      radius: clusterRadius(events),
      name: title,
      className: "gm-cluster",
      words: `${title} ${say("cluster.counts", counted)}${doubt}${kindsInWords(kinds)}. ${doing}`,
      act,
    });
    return { ...item, weight: weightOf(properties), id };
  }

  return { placeItem, clusterItem, pointAt };
}
