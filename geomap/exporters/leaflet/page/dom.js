// The only way this page makes elements: attributes from code, text as text nodes, never markup from data.

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";

/** Where keys are typed, and mean nothing else. */
export const TYPING = "input, select, textarea, [contenteditable]";

export function byId(id) {
  return document.getElementById(id);
}

function fill(node, attributes, children) {
  for (const name in attributes) {
    const value = attributes[name];
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== "") node.append(child);
  }
  return node;
}

/** Make an HTML element; an attribute whose value is a function is a listener for the event of that name. */
export function el(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** Make an SVG element. */
export function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG_NAMESPACE, tag), attributes, children);
}

/** Read a colour or length from the style sheet. */
export function styleVariable(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
