// Rules for the page's modules, their tests and the build script.
import js from "@eslint/js";
import globals from "globals";
import words from "./eslint_words.js";

const MARKUP = /^(innerHTML|outerHTML|insertAdjacentHTML|setHTML|setHTMLUnsafe|srcdoc|bindPopup|bindTooltip)$/.source;

/** Report text becomes text nodes; these are the ways in which it could become markup or code. */
const asMarkup = [
  {
    selector: `MemberExpression[property.name=/${MARKUP}/]`,
    message: "Text of a report must stay text: use el() and svg().",
  },
  {
    selector: "MemberExpression[object.name='document'][property.name=/^write(ln)?$/]",
    message: "Use el() and svg().",
  },
];

export default [
  js.configs.recommended,
  {
    rules: {
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-script-url": "error",
      "no-shadow": ["error", { hoist: "functions" }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
    },
  },
  {
    files: ["geomap/exporters/leaflet/page/**/*.js", "geomap/review/files/*.js"],
    languageOptions: {
      globals: {
        ...globals.browser,
        L: "readonly",
        protomapsL: "readonly",
        Supercluster: "readonly",
        ss: "readonly",
      },
    },
    rules: { "no-restricted-syntax": ["error", ...asMarkup], "no-alert": "error" },
  },
  {
    files: ["geomap/exporters/leaflet/page/**/*.js"],
    plugins: { page: { rules: { words } } },
    rules: { "page/words": "error" },
  },
  { files: ["docs/assets/*.js"], languageOptions: { globals: globals.browser } },
  { files: ["tests/page/*.js", "*.js", "*.mjs"], languageOptions: { globals: globals.node } },
  { files: ["tests/page/*.js"], rules: { "no-script-url": "off" } },
];
