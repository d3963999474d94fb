// Words and addresses: plurals, dates, links to a sentence of a web page.

/** Return the address if it is http or https, else an empty string. */
export function safeUrl(address) {
  try {
    const url = new URL(address);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : "";
  } catch {
    return "";
  }
}

const encodeFragment = (words) => encodeURIComponent(words.join(" ")).replace(/-/g, "%2D");

/**
 * Return an address that scrolls to a sentence: a text fragment of its first and last five words.
 * See https://wicg.github.io/scroll-to-text-fragment/.
 */
export function fragmentUrl(address, sentence) {
  const url = safeUrl(address);
  // Lone surrogates cannot be encoded.
  const words = sentence.toWellFormed ? sentence.toWellFormed().split(/\s+/) : sentence.split(/\s+/);
  const kept = words.filter((word) => word !== "");
  if (!url || !kept.length) return url;
  try {
    const text =
      kept.length <= 10
        ? encodeFragment(kept)
        : `${encodeFragment(kept.slice(0, 5))},${encodeFragment(kept.slice(-5))}`;
    return `${url}${url.includes("#") ? "" : "#"}:~:text=${text}`;
  } catch {
    return url;
  }
}

const thousands = new Intl.NumberFormat("en");

/** "7", "1,200". */
export const numberWords = (number) => (number < 1000 ? String(number) : thousands.format(number));

/** "1 mention", "1,200 mentions". */
export function countOf(number, noun) {
  return `${numberWords(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** "2024-08-13" becomes "13 August 2024"; anything else stays as it is. */
export function readableDay(day) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return day;
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  return date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}
