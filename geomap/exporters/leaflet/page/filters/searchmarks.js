// Marks what a search found wherever it stands on the page, without touching the elements that others make.
import { byId } from "../dom.js";
import { findWords, queryWords } from "../data/search.js";

const BLOCKS = "#gm-article h2, #gm-article p, .gm-card h2, .gm-card blockquote, #gm-view-places tbody th";
const NAME = "gm-found";
const MOST = 2000;

/** The text nodes of a block and where each begins in its text. */
function textNodes(block) {
  const nodes = [];
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push({ node, start: text.length });
    text += /** @type {Text} */ (node).data;
  }
  return { nodes, text };
}

/** The ranges of a block's matches; a match may begin in one text node and end in another. */
function rangesIn(block, sought) {
  const { nodes, text } = textNodes(block);
  const holder = (offset) => nodes.findLast(({ start }) => start <= offset);
  return findWords(text, sought).map(([start, end]) => {
    const [first, last] = [holder(start), holder(end - 1)];
    const range = new StaticRange({
      startContainer: first.node,
      startOffset: start - first.start,
      endContainer: last.node,
      endOffset: end - last.start,
    });
    return range;
  });
}

/**
 * Keep the matches marked while the page changes. Browsers without custom highlights show none.
 * @param {import("../types").App} app
 */
export function createFoundMarks({ selection }) {
  if (!globalThis.CSS?.highlights) return;
  let pending = 0;

  function mark() {
    pending = 0;
    const sought = queryWords(selection.filters.query);
    const blocks = sought.length ? [...document.querySelectorAll(BLOCKS)] : [];
    const ranges = [];
    for (const block of blocks) if (ranges.length < MOST) ranges.push(...rangesIn(block, sought));
    if (ranges.length) CSS.highlights.set(NAME, new Highlight(...ranges));
    else CSS.highlights.delete(NAME);
  }

  const soon = () => {
    pending ||= requestAnimationFrame(mark);
  };
  const watcher = new MutationObserver(() => {
    if (selection.filters.query.trim()) soon();
  });
  for (const root of [byId("gm-body"), document.querySelector(".leaflet-popup-pane")]) {
    watcher.observe(root, { childList: true, subtree: true });
  }
  selection.onFilter(soon);
}
