// A rule for the page's modules: what a reader sees or hears comes from the table of strings, not from a literal.

const SPOKEN = new Set(["aria-label", "aria-description", "aria-valuetext", "alt", "label", "placeholder", "title"]);
const WRITTEN = new Set(["textContent", "innerText", "ariaLabel", "title", "placeholder", "alt"]);
const SAYING = new Set(["toast", "tell"]);
const MAKING = new Set(["el", "svg"]);
const WORD = /\p{L}{2}/u;
/** A sentence or its start: "Show all", "No place of this name". */
const PROSE = /^[“"(]?\p{Lu}\p{Ll}+,? \p{Ll}+/u;

const textOf = (node) =>
  node.type === "Literal" && typeof node.value === "string"
    ? node.value
    : node.type === "TemplateLiteral"
      ? node.quasis.map(({ value }) => value.cooked).join(" ")
      : "";

/** The literals that a value may come from: through conditions, lists and sums. */
function literalsOf(node) {
  switch (node?.type) {
    case "Literal":
    case "TemplateLiteral":
      return [node];
    case "ConditionalExpression":
      return [...literalsOf(node.consequent), ...literalsOf(node.alternate)];
    case "LogicalExpression":
    case "BinaryExpression":
      return [...literalsOf(node.left), ...literalsOf(node.right)];
    case "ArrayExpression":
      return node.elements.flatMap(literalsOf);
    default:
      return [];
  }
}

const nameOf = (node) => node.name ?? node.value ?? node.property?.name;

/** Errors and lines of the console are for those who write the page. */
const isForMakers = ({ parent: { type, callee } }) =>
  (type === "NewExpression" && /Error$/.test(callee.name ?? "")) ||
  (type === "CallExpression" && callee.object?.name === "console");

export default {
  meta: {
    type: "problem",
    schema: [],
    messages: { literal: "“{{words}}” is shown to readers: put it into words/en.json and say() its key." },
  },
  create(context) {
    const seen = new Set();
    function report(node) {
      if (seen.has(node)) return;
      seen.add(node);
      context.report({ node, messageId: "literal", data: { words: textOf(node).trim() } });
    }
    const check = (value) =>
      literalsOf(value)
        .filter((node) => WORD.test(textOf(node)))
        .forEach(report);
    return {
      CallExpression({ callee, arguments: given }) {
        const name = nameOf(callee);
        if (MAKING.has(name)) given.slice(2).forEach(check);
        if (SAYING.has(name)) given.forEach(check);
        if (name === "setAttribute" && SPOKEN.has(given[0]?.value)) check(given[1]);
      },
      Property({ key, value }) {
        if (SPOKEN.has(nameOf(key))) check(value);
      },
      AssignmentExpression({ left, right }) {
        if (left.type === "MemberExpression" && WRITTEN.has(left.property.name)) check(right);
      },
      "Literal, TemplateLiteral"(node) {
        if (PROSE.test(textOf(node)) && !isForMakers(node)) report(node);
      },
    };
  },
};
