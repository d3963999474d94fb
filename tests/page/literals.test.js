// The rule that keeps what readers see in the table of strings.
import { test } from "node:test";
import { RuleTester } from "eslint";
import words from "../../eslint_words.js";

RuleTester.describe = (_, run) => run();
RuleTester.it = test;

const errors = [{ messageId: "literal" }];

new RuleTester().run("words", words, {
  valid: [
    'el("p", { class: "gm-note small" }, say("note.relation"))',
    'el("span", { "aria-hidden": "true" }, "×", " · ", `${count}`)',
    'node.setAttribute("role", "button"); node.classList.add("gm-on");',
    'throw new Error("No map of this name");',
    "console.warn(`An added element failed: ${why}`);",
    'map.on("mouseover mouseout", () => {});',
    'const key = "Esc";',
  ],
  invalid: [
    { code: 'el("p", {}, "none")', errors },
    { code: 'el("p", {}, open ? "Shut" : say("open"))', errors },
    { code: 'el("p", {}, [say("a"), ` of ${count}`])', errors },
    { code: 'el("button", { "aria-label": `Only ${name}` })', errors },
    { code: 'svg("g", { title: "Play" })', errors },
    { code: 'box.textContent = left ? `${left} more` : "";', errors },
    { code: 'node.setAttribute("aria-label", "Close")', errors },
    { code: 'app.toast("done")', errors },
    { code: 'const NOTE = "The text names the whole area.";', errors },
  ],
});
