// What the modules hand to each other, for `tsc`; nothing of this is in a page.

/** What an attribute may be: text, a number, a switch, none, or a listener for the event of its name. */
export type Attributes = Record<string, string | number | boolean | null | undefined | ((event: any) => unknown)>;
type Leaf = Node | string | number | null | undefined;
/** What an element may hold: "", null and undefined are left out, and a list is taken as what is in it. */
export type Child = Leaf | Leaf[];

/** A table of strings: one that counts has a form for each plural category of its language. */
export interface Table {
  locale: string;
  direction: string;
  words: Record<string, string | Record<string, string>>;
}

/** A place as the page's data has it; see payload/page_places.py. */
export interface Place {
  id: string;
  /** The gazetteer entry, which places that are told from it share. */
  entry: string;
  name: string;
  kind: "point" | "adm1" | "country" | "area";
  /** GeoNames feature code. */
  code: string;
  country: string;
  admin1: string;
  population: number;
  latitude: number;
  longitude: number;
  /** "near", "20 km south of": the words of the text that lead away from the entry. */
  relation: string;
  radius_km: number;
  /** What the place rests on if the gazetteer does not have it. */
  basis: "" | "relation" | "coordinates";
  words: string;
}

/** What a page shows of a place under its filters: the mentions that pass, and the incidents by kind. */
export interface Group {
  place: number;
  count: number;
  /** How many incidents happened there. */
  events: number;
  /** The highest confidence, in per cent. */
  best: number;
  literal: number;
  kinds: number[];
  readonly basis: Place["basis"];
  readonly doubtful: boolean;
  readonly mentions: number[];
  /** Their numbers. */
  readonly incidents: number[];
}

/** What is open and how the page stands; null for nothing. */
export interface State {
  document: number;
  mention: number | null;
  sentence: number | null;
  place: number | null;
  incident: number | null;
  /** What the totals by region count. */
  totals: string | null;
  /** The step of the story. */
  step: number | null;
  embed: boolean;
}

/** The filters of a page; null stands for no limit. */
export interface Filters {
  query: string;
  /** Bits by the number of the kind. */
  kinds: number;
  roles: number;
  boilerplate: boolean;
  confidence: number;
  exact: boolean;
  /** Days since 1970-01-01. */
  from: number | null;
  to: number | null;
  /** The first day of another period of as many days. */
  against: number | null;
  undated: boolean;
  documents: number[] | null;
  sources: number[] | null;
  /** Only what somebody confirmed. */
  verified: boolean;
  [more: string]: unknown;
}

/** What is read: the data of the page and what answers questions about them. */
export interface Contents {
  model: ReturnType<typeof import("./data/model.js").createModel>;
  selection: ReturnType<typeof import("./data/selection.js").createSelection>;
}

/** What it is drawn on. */
export interface Ground {
  /** The Leaflet map. */
  map: any;
  /** The layer of all signs, which a control of layers can take away. */
  signs: any;
  /** Where calls of the map's maker lead. */
  opening: any;
  base: ReturnType<typeof import("./map/basemap.js").createBaseMap>;
  boundaries: ReturnType<typeof import("./map/boundaries.js").createBoundaries>;
  /** False for readers who want nothing to move. */
  animate: boolean;
}

/** The parts that show it, each made once. */
export interface Views {
  markers: ReturnType<typeof import("./map/markers.js").createMarkers>;
  regions: ReturnType<typeof import("./map/regions.js").createRegions>;
  panel: ReturnType<typeof import("./panel/panel.js").createPanel>;
  reader: ReturnType<typeof import("./panel/reader.js").createReader>;
  differences: ReturnType<typeof import("./map/differences.js").createDifferences>;
  places: ReturnType<typeof import("./panel/placecard.js").createPlaceView>;
  feed: ReturnType<typeof import("./panel/feed.js").createFeed>;
  placesTable: ReturnType<typeof import("./panel/placestable.js").createPlacesTable>;
  judge: ReturnType<typeof import("./panel/correctionwindow.js").createJudge>;
  filters: ReturnType<typeof import("./filters/filters.js").createFilters>;
  totals: ReturnType<typeof import("./map/totals.js").createTotals>;
  frame: ReturnType<typeof import("./publish/frame.js").createFrame>;
  story: ReturnType<typeof import("./publish/story.js").createStory>;
}

/** The ways from one to another. */
export interface Navigation {
  goToPlace(place: number, options: Record<string, unknown>): void;
  goToMention(mention: number, options: Record<string, unknown>): void;
  showInText(mention: number): void;
  showSentence(document: number, sentence: number, mention: number | null): void;
  openIncident(incident: number, options?: { byKeyboard?: boolean; stay?: boolean }): void;
  showTotals(what: string | null): void;
  flyToIncident(incident: number): void;
  copyIncidentLink(incident: number): Promise<void>;
  changeFilters(change: Partial<Filters>): void;
  saveAddress(options?: { soon?: boolean; step?: string; merge?: boolean }): void;
  /** The part of the address after "#", with a change of what is open. */
  linkFor(change: Record<string, unknown>): string;
  showEmbedded(embedded: boolean): void;
  /** Say a sentence for a few seconds. */
  toast(words: string): void;
  /** What a reader decides confirms incidents at once. */
  verdictsChanged(): void;
  /** Whether all is made, and an address may be written. */
  ready: boolean;
}

/** A page. A part takes of it what it names. */
export interface App extends Contents, Ground, Views, Navigation {}

declare global {
  /** Leaflet 1.9 and what stands beside it on a page, internals included. */
  const L: any;
  const Supercluster: any;
  /** simple-statistics. */
  const ss: any;
  const protomapsL: any;
  /** Lets what was pressed so far be done, while a page is read whose script has not run yet. */
  var GeoMapPresses: (() => void) | undefined;
}
