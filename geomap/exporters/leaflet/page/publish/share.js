// Sharing: the link to what is shown, code for a frame on another page, a picture, and paper.
import { byId, el, svg } from "../dom.js";
import { say } from "../words/say.js";
import { canSave, saveFile } from "../data/downloads.js";
import { drawPicture, fileNameOf, hasForeignTiles, pngOf, svgText } from "./picture.js";

const FRAME_HEIGHT = 480;

/** Text for an attribute of HTML. */
const escaped = (text) => text.replaceAll("&", "&amp;").replace(/[<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The code of a frame that shows an address. */
export function frameCode(address, title) {
  const looks = 'style="border:0" loading="lazy" allow="clipboard-write"';
  return `<iframe src="${escaped(address)}" title="${escaped(title)}" width="100%" height="${FRAME_HEIGHT}" ${looks}></iframe>`;
}

/** The address of a page with the part after "#" that is given. */
export const addressWith = (part) => location.href.replace(/#.*/s, "") + part;

async function copyText(field) {
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    field.select(); // A frame, or a page without a safe connection: the old way works, where the text is selected.
    if (!document.execCommand("copy")) return say("publish.copy_by_hand");
  }
  return say("publish.copied");
}

function shareIcon() {
  const box = { viewBox: "0 0 20 20", width: 18, height: 18, "aria-hidden": "true", class: "gm-share-icon" };
  return svg("svg", box, svg("path", { d: "M10 12.5V3M6.5 6 10 2.6 13.5 6M5 9H3.6v8.4h12.8V9H15" }));
}

/** A field with something to copy, and its button. */
function copyRow(id, label, field, tell) {
  const copy = async () => tell(await copyText(field));
  const button = el(
    "button",
    { type: "button", click: copy, "aria-label": say("publish.copy_this", { what: label }) },
    say("publish.copy"),
  );
  for (const [name, value] of Object.entries({ id, readonly: "", dir: "ltr", spellcheck: "false" }))
    field.setAttribute(name, value);
  field.addEventListener("focus", () => field.select());
  return el("div", { class: "gm-share-row" }, el("label", { for: id }, label), el("div", {}, field, button));
}

/**
 * Buttons for the two kinds of pictures and for paper.
 * @param {import("../types").App} app
 */
function pictureRow(app, tell) {
  const save = async (ending) => {
    try {
      const picture = drawPicture(app);
      const name = `${fileNameOf(app.frame.title())}.${ending}`;
      if (ending === "svg") saveFile(name, svgText(picture), "image/svg+xml");
      else saveFile(name, await pngOf(picture), "image/png");
      tell(say(hasForeignTiles(app.map) ? "publish.saved_without_tiles" : "publish.saved", { name }));
    } catch (error) {
      console.error(error);
      tell(say("publish.not_saved"));
    }
  };
  const button = (id, words, act) => el("button", { type: "button", id, click: act }, words);
  const pictures = canSave()
    ? ["png", "svg"].map((ending) => button(`gm-save-${ending}`, ending.toUpperCase(), () => save(ending)))
    : [];
  const rows = pictures.length ? [el("span", {}, say("publish.picture")), ...pictures] : [];
  return el(
    "p",
    { class: "gm-share-files" },
    rows,
    button("gm-print", say("publish.print"), () => window.print()),
  );
}

/**
 * Add the button and what it opens. `app.linkFor` gives the part of the address for a change of what is open.
 * @param {import("../types").App} app
 */
export function addSharing(app) {
  const [link, code] = [el("input", { type: "text" }), el("textarea", { rows: 3 })];
  const status = el("p", { role: "status", class: "gm-share-status" });
  const tell = (words) => (status.textContent = words);
  const isFile = !/^https?:$/.test(location.protocol);
  const close = el("button", { type: "button", class: "gm-share-close", "aria-label": say("publish.close") }, "×");
  const dialog = el(
    "dialog",
    { id: "gm-share", "aria-labelledby": "gm-share-title" },
    el("header", {}, el("h2", { id: "gm-share-title" }, say("publish.title")), close),
    copyRow("gm-share-link", say("publish.link"), link, tell),
    copyRow("gm-share-code", say("publish.code"), code, tell),
    isFile ? el("p", { class: "gm-share-note" }, say("publish.file_note")) : null,
    pictureRow(app, tell),
    status,
  );
  document.body.append(dialog);
  const words = say("publish.button");
  const button = el(
    "button",
    { type: "button", id: "gm-share-button", title: words, "aria-label": words },
    shareIcon(),
  );
  const control = L.control({ position: "topright" });
  control.onAdd = () => el("div", { class: "leaflet-bar gm-map-button" }, button);
  control.addTo(app.map);
  L.DomEvent.disableClickPropagation(control.getContainer());

  button.addEventListener("click", () => {
    link.value = addressWith(app.linkFor({}));
    code.value = frameCode(addressWith(app.linkFor({ embed: true })), byId("gm-title").textContent);
    tell("");
    dialog.showModal();
  });
  close.addEventListener("click", () => dialog.close());
  // A click beside the box is one on the dialog itself.
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  // Escape closes this alone, not the place behind it; other keys are no orders to the page.
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
}
