// The data of a page of one report with three mentions: an event at the first, none at the second, NIL the third.

export function smallPage() {
  const place = (name, latitude) => ({
    id: `geonames:${name}`,
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
  });
  return {
    version: 2,
    title: "Small",
    documents: [
      {
        id: "one",
        title: "One",
        source: "Gazette",
        published: "2024-08-13",
        url: "",
        refused: "",
        language: "en",
        excerpt: false,
        text: "Alba burns, says Brun. Corm is calm.",
        sentences: { index: [0, 1], start: [0, 23], end: [22, 36] },
      },
    ],
    places: [place("Alba", 48), place("Brun", 49)],
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
      place: [0, 1, -1],
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
    alternatives: [[]],
  };
}
