// What the page asks of the program on this machine. Its address holds the token, so that relative addresses do.

const SILENT = "The program does not answer, so this is not saved. Start geomap review again and open its new address.";

/** Ask, or send a decision; gives {value} or {problem} in words. */
export async function ask(path, body) {
  const sent = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  try {
    const response = await fetch(path, body === undefined ? {} : sent);
    const isJson = response.headers.get("content-type")?.startsWith("application/json");
    const value = isJson ? await response.json() : await response.text();
    if (response.ok) return { value };
    return { problem: `Not saved: ${value.error ?? value}` };
  } catch {
    return { problem: SILENT };
  }
}
