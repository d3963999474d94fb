// A long list that is made as far as a reader scrolls: a window of it, with a button at either end for what is not there yet.
import { byId, el } from "../dom.js";
import { say } from "../words/say.js";

/** How many items are made at once: at first about as many as are seen, so that a change of the filters is quick. */
const [FIRST, CHUNK] = [10, 20];

/** A list whose items `make` makes from the entries of the rows that `show` is given; `focus` finds what takes the focus in one. */
export function createChunks(list, { make, focus }) {
  let rows = [];
  let [from, to] = [0, 0];
  const before = el("button", { type: "button", class: "gm-more", click: showBefore });
  const after = el("button", { type: "button", class: "gm-more", click: () => showAfter({ byHand: true }) });
  const end = new IntersectionObserver((seen) => seen.at(-1)?.isIntersecting && showAfter(), {
    root: byId("gm-body"),
    rootMargin: "400px",
  });

  function showButtons() {
    before.hidden = from === 0;
    after.hidden = to >= rows.length;
    before.textContent = say("feed.before", { count: from });
    after.textContent = say("feed.more", { count: rows.length });
  }

  function showAfter({ byHand = false, most = CHUNK } = {}) {
    const next = Array.from(rows.slice(to, to + most), make);
    to += next.length;
    list.append(...next);
    showButtons();
    if (byHand && next.length) focus(next[0]).focus();
  }

  function showBefore() {
    const start = Math.max(0, from - CHUNK);
    const items = Array.from(rows.slice(start, from), make);
    from = start;
    list.prepend(...items);
    showButtons();
    if (items.length) focus(items.at(-1)).focus();
  }

  /** Show the rows from a position on. */
  function showAt(position) {
    from = to = Math.max(0, Math.min(position, rows.length - 1));
    list.replaceChildren();
    showAfter({ most: FIRST });
    // Only who begins to look is told what is in view already.
    end.unobserve(after);
    end.observe(after);
  }

  return {
    nodes: [before, list, after],
    show(wanted) {
      rows = wanted;
      showAt(0);
    },
    showAt,
    /** Make the item of a position if it is the next one before or after what is there. */
    reach(position) {
      if (position === to) showAfter();
      if (position === from - 1) showBefore();
    },
  };
}
