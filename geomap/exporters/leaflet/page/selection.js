// What is shown and what is selected: one state, changed in one place.
import { LITERAL } from "./data.js";
import { EVENT_KINDS } from "./events.js";

/** Group the mentions that pass the two switches by place. */
export function groupByPlace(model, { otherRoles, boilerplate }) {
  const { place, role, confidence, boilerplate: dirt } = model.mentions;
  const groups = new Map();
  for (let i = 0; i < model.count; i++) {
    if (place[i] < 0 || (role[i] !== LITERAL && !otherRoles) || (dirt[i] && !boilerplate)) continue;
    let group = groups.get(place[i]);
    if (!group) {
      group = { mentions: [], best: 0, literal: 0, kinds: EVENT_KINDS.map(() => 0) };
      groups.set(place[i], group);
    }
    group.mentions.push(i);
    group.kinds[model.eventKind[i]] += 1;
    group.best = Math.max(group.best, confidence[i]);
    if (role[i] === LITERAL) group.literal += 1;
  }
  return groups;
}

export function createSelection(model) {
  const state = { otherRoles: false, boilerplate: false, document: 0, mention: null, sentence: null, place: null };
  const listeners = [];
  const shown = new Uint8Array(model.count);
  const selection = {
    state,
    groups: new Map(),
    shownCount: 0,
    isShown: (mention) => shown[mention] === 1,
    onFilter: (listener) => listeners.push(listener),
    /** Change a switch and redraw everything that depends on what is shown. */
    filter(change) {
      Object.assign(state, change);
      selection.groups = groupByPlace(model, state);
      shown.fill(0);
      selection.shownCount = 0;
      for (const { mentions } of selection.groups.values()) {
        for (const mention of mentions) shown[mention] = 1;
        selection.shownCount += mentions.length;
      }
      for (const listener of listeners) listener();
    },
  };
  return selection;
}
