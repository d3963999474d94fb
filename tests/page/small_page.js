// The data of a page of one report with three mentions: an event at the first, none at the second, NIL the third.
// With `told`, the third has a place that the text alone tells of.

export function smallPage({ told = null } = {}) {
  const place = (name, latitude) => ({
    id: `geonames:${name}`,
    entry: `geonames:${name}`,
    name,
    kind: "point",
    code: "PPL",
    country: "UA",
    admin1: "05",
    population: 9000,
    latitude,
    longitude: 37,
    relation: "",
    radius_km: 0,
    basis: "",
    words: "",
  });
  const corm = { ...place("Corm", 50), id: "Corm@50,37@near Alba", entry: "Corm@50,37", radius_km: 30, country: "" };
  return {
    version: 4,
    title: "Small",
    doubt_below: 85,
    documents: {
      id: ["one"],
      title: ["One"],
      source: ["Gazette"],
      published: ["2024-08-13"],
      url: [""],
      refused: [""],
      language: ["en"],
      excerpt: [0],
      sentences: [2],
    },
    sentences: { index: [0, 1], start: [0, 23], end: [22, 36] },
    texts: ["Alba burns, says Brun. Corm is calm."],
    places: [place("Alba", 48), place("Brun", 49), ...(told ? [{ ...corm, code: "", ...told }] : [])],
    relations: [""],
    events: [
      ["", ""],
      ["Battles", "Armed clash"],
    ],
    dates: ["", "2024-08-12"],
    mentions: {
      document: [0, 0, 0],
      sentence: [0, 0, 1],
      start: [0, 17, 23],
      end: [4, 21, 27],
      place: [0, 1, told ? 2 : -1],
      alternatives: [0, 0, 0],
      confidence: [92, 40, 0],
      role: [0, 1, 0],
      relation: [0, 0, 0],
      boilerplate: [0, 0, 0],
      event: [1, 1, 0],
      at: [1, 0, 0],
      date: [1, 0, 0],
      date_precision: [1, 0, 0],
      geo_precision: [2, 0, 0],
      where_precision: [0, 0, 0],
    },
    counts: { mentions: 3, places: 2, reports: 1, shown: 1, shown_places: 1, nil: 1, metonymic: 1 },
    alternatives: [[]],
    candidates: [],
  };
}
