// What the page's policy keeps it from loading: said once a host, since the scripts of added elements fail in silence.
import { say } from "../words/say.js";

/** Tell by `toast` which hosts are refused that a map's maker may not know of, such as those that a plugin's script asks. */
export function tellWhatIsRefused(toast) {
  const told = new Set();
  document.addEventListener("securitypolicyviolation", ({ blockedURI }) => {
    if (!/^https?:/.test(blockedURI)) return;
    const { host, origin } = new URL(blockedURI);
    if (told.has(host)) return;
    told.add(host);
    toast(say("map.refused", { host, address: JSON.stringify(origin) }));
  });
}
