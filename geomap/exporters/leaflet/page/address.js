// Deep links: the part of the address after "#" says which report, sentence and place are open.

/** Read "#doc=…&sentence=…&place=…&roles=1&boilerplate=1"; unknown and malformed parts are left out. */
export function parseAddress(hash) {
  const parts = {};
  for (const pair of hash.replace(/^#/, "").split("&")) {
    const cut = pair.indexOf("=");
    if (cut < 1) continue;
    try {
      parts[pair.slice(0, cut)] = decodeURIComponent(pair.slice(cut + 1));
    } catch {
      // A malformed escape: not ours.
    }
  }
  return parts;
}

/** Turn the parts of a link into what the page has; anything it does not have is null. */
export function resolveAddress(parts, model) {
  const find = (list, id) => {
    const index = id === undefined ? -1 : list.findIndex((item) => item.id === id);
    return index < 0 ? null : index;
  };
  const document = find(model.documents, parts.doc);
  const wanted = /^\d{1,9}$/.test(parts.sentence ?? "") ? Number(parts.sentence) : null;
  const sentence =
    document === null || wanted === null ? -1 : model.documents[document].sentences.index.indexOf(wanted);
  return {
    document,
    sentence: sentence < 0 ? null : sentence,
    place: find(model.places, parts.place),
    otherRoles: parts.roles === "1",
    boilerplate: parts.boilerplate === "1",
  };
}

/** Write the link to a state. */
export function formatAddress(state, model) {
  const parts = [];
  const report = model.documents[state.document];
  if (report && (state.document > 0 || state.sentence !== null)) parts.push(`doc=${encodeURIComponent(report.id)}`);
  if (report && state.sentence !== null) parts.push(`sentence=${report.sentences.index[state.sentence]}`);
  if (state.place !== null) parts.push(`place=${encodeURIComponent(model.places[state.place].id)}`);
  if (state.otherRoles) parts.push("roles=1");
  if (state.boilerplate) parts.push("boilerplate=1");
  return `#${parts.join("&")}`;
}

/** Put a link into the address bar; a frame of a notebook may refuse. */
export function writeAddress(link) {
  try {
    history.replaceState(null, "", link);
  } catch {
    // A sandboxed frame has no address of its own.
  }
}
