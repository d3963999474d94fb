// NASA's daily images and heat anomalies: of the last day chosen on the timeline, or some days off it. Nothing loads before it is chosen.
import { el } from "../dom.js";
import { dateOfDay, lastDayOf, shortDay } from "../data/days.js";
import { say } from "../words/say.js";

export const IMAGERY_HOST = "gibs.earthdata.nasa.gov";
const CREDIT = '<a href="https://earthdata.nasa.gov/gibs">NASA EOSDIS GIBS</a>';
const TILES = `https://${IMAGERY_HOST}/wmts/epsg3857/best/{mission}/default/{date}/GoogleMapsCompatible_Level9/{z}/{y}/{x}.jpg`;
// The anomalies are vectors in NASA's tiles; its map service draws them.
const SERVICE = `https://${IMAGERY_HOST}/wms/epsg3857/best/wms.cgi`;

/** Which satellite is asked for a day: the last one that began before. Days as in NASA's catalogue, each the first full one. */
const IMAGES = [
  ["2000-02-24", "MODIS_Terra_CorrectedReflectance_TrueColor"],
  ["2015-11-24", "VIIRS_SNPP_CorrectedReflectance_TrueColor"],
  ["2018-01-05", "VIIRS_NOAA20_CorrectedReflectance_TrueColor"],
];
const HEAT = [
  ["2002-07-04", "MODIS_Combined_Thermal_Anomalies_All"],
  ["2012-01-20", "VIIRS_SNPP_Thermal_Anomalies_375m_All"],
  ["2020-01-01", "VIIRS_NOAA20_Thermal_Anomalies_375m_All"],
];

/** The name of the layer that has a day, null where none has: before the satellites flew, and of no day. */
function missionOn(missions, day) {
  const date = day === null ? "" : dateOfDay(day);
  return missions.findLast(([from]) => from <= date)?.[1] ?? null;
}

export const imageOn = (day) => missionOn(IMAGES, day);
export const heatOn = (day) => missionOn(HEAT, day);

/** Layers of tiles that have a day; those of no day are not asked for. */
function classes() {
  const Images = L.TileLayer.extend({
    setDay(day) {
      Object.assign(this.options, { mission: imageOn(day), date: day === null ? "" : dateOfDay(day) });
      return this._map ? this.redraw() : this;
    },
    createTile(coords, done) {
      return this.options.mission ? L.TileLayer.prototype.createTile.call(this, coords, done) : emptyTile(done);
    },
  });
  const Heat = L.TileLayer.WMS.extend({
    setDay(day) {
      const layers = heatOn(day);
      Object.assign(this.wmsParams, { layers: layers ?? "", time: day === null ? "" : dateOfDay(day) });
      return this._map ? this.redraw() : this;
    },
    createTile(coords, done) {
      return this.wmsParams.layers ? L.TileLayer.WMS.prototype.createTile.call(this, coords, done) : emptyTile(done);
    },
  });
  return { Images, Heat };
}

function emptyTile(done) {
  const tile = el("div", {});
  setTimeout(() => done(null, tile), 0);
  return tile;
}

/**
 * The layers of NASA, {images, heat, watch}; `watch` makes them follow the timeline once they can be chosen.
 * @param {import("../types").App} app
 */
export function createImagery({ map, model, selection, base }) {
  const { Images, Heat } = classes();
  const shared = { attribution: `${say("imagery.credit")} ${CREDIT}`, maxZoom: map.getMaxZoom() };
  const images = new Images(TILES, { ...shared, maxNativeZoom: 9, isImagery: true });
  const heat = new Heat(SERVICE, { ...shared, format: "image/png", transparent: true, layers: "", zIndex: 5 });
  const last = lastDayOf(model);
  const chosen = () => selection.filters.to ?? last;
  let off = 0;
  const day = () => {
    const to = chosen();
    return to === null ? null : to + off;
  };

  const words = el("span", { role: "status" });
  const step = (by, label) => {
    const sign = el("span", { "aria-hidden": "true" }, by < 0 ? "‹" : "›");
    return el("button", { type: "button", "aria-label": label, title: label, click: () => move(by) }, sign);
  };
  const back = step(-1, say("imagery.earlier"));
  const box = el("div", { id: "gm-imagery" }, back, words, step(1, say("imagery.later")));
  const control = L.control({ position: "bottomright" });
  control.onAdd = () => box;
  L.DomEvent.disableClickPropagation(box);

  const chosenLayers = () => [images, heat].filter((layer) => map.hasLayer(layer));

  function tell() {
    const now = day();
    const told = [
      map.hasLayer(images) && say(imageOn(now) ? "imagery.of" : "imagery.none"),
      map.hasLayer(heat) && say(heatOn(now) ? "imagery.heat_of" : "imagery.no_heat"),
    ];
    const date = now === null ? say("imagery.undated") : shortDay(now);
    words.textContent = [...told.filter(Boolean), date].join(say("comma"));
    for (const button of box.querySelectorAll("button")) button.disabled = now === null;
  }

  /** @type {number | null} */
  let shownDay = null;
  function follow() {
    if (!chosenLayers().length) return;
    if (day() !== shownDay) for (const layer of [images, heat]) layer.setDay(day());
    shownDay = day();
    tell();
  }

  function move(by) {
    off += by;
    follow();
  }

  function watch() {
    for (const layer of [images, heat]) layer.setDay(day());
    shownDay = day();
    selection.onFilter(() => {
      off = 0;
      follow();
    });
    map.on("layeradd layerremove", ({ layer }) => {
      const isOver = showsPictures(map);
      map.getContainer().classList.toggle("gm-over-imagery", isOver);
      if (isOver !== map.hasLayer(base.lines) && layer !== base.lines) {
        if (isOver) base.lines.addTo(map);
        else base.lines.remove();
      }
      if (layer !== images && layer !== heat) return;
      if (chosenLayers().length) control.addTo(map);
      else control.remove();
      follow();
      map.fire("gm-controls");
    });
  }

  return { images, heat, watch };
}

/** Whether a layer of satellite pictures is shown, over which boundaries and names have to be drawn. */
function showsPictures(map) {
  let found = false;
  map.eachLayer(({ options }) => (found ||= Boolean(options?.isImagery)));
  return found;
}
