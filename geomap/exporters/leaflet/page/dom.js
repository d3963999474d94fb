// The only way this page makes elements: attributes from code, text as text nodes, never markup from data.

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";

/** Where keys are typed, and mean nothing else. */
export const TYPING = "input, select, textarea, [contenteditable]";

/**
 * The element of an id, which the page is known to have; `any` kind of element, as HTML does not tell.
 * @param {string} id
 * @returns {any}
 */
export function byId(id) {
  return document.getElementById(id);
}

/**
 * The nearest element of a selector around what an event happened to; null for none, as where that is the document itself.
 * @param {Event} event
 * @param {string} selector
 * @returns {any}
 */
export function closestTo({ target }, selector) {
  return target instanceof Element ? target.closest(selector) : null;
}

/**
 * The pen of a canvas, which a browser that opens the page has.
 * @param {HTMLCanvasElement} canvas
 */
export function penOf(canvas) {
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("this browser gives no canvas to draw on");
  return pen;
}

/**
 * @template {Element} Node
 * @param {Node} node
 * @param {import("./types").Attributes} attributes
 * @param {import("./types").Child[]} children
 */
function fill(node, attributes, children) {
  for (const name in attributes) {
    const value = attributes[name];
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== "")
      node.append(typeof child === "number" ? String(child) : /** @type {Node | string} */ (child));
  }
  return node;
}

/**
 * Make an HTML element; an attribute whose value is a function is a listener for the event of that name.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {import("./types").Attributes} attributes
 * @param {...import("./types").Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/**
 * Make an SVG element.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {import("./types").Attributes} attributes
 * @param {...import("./types").Child} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG_NAMESPACE, tag), attributes, children);
}

/**
 * Read a colour or length from the style sheet.
 * @param {string} name
 */
export function styleVariable(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
