/** A browser and its system in the words that people use, out of a User-Agent header. */

// The first name that a user agent holds decides: most hold the names of others as well.
/** @type {[string, string][]} */
const BROWSERS = [
  ["Edg", "Edge"],
  ["OPR/", "Opera"],
  ["Firefox/", "Firefox"],
  ["FxiOS/", "Firefox"],
  ["CriOS/", "Chrome"],
  ["Chrome/", "Chrome"],
  ["Safari/", "Safari"],
];
/** @type {[string, string][]} */
const SYSTEMS = [
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Android", "Android"],
  ["Windows", "Windows"],
  ["Macintosh", "macOS"],
  ["CrOS", "ChromeOS"],
  ["Linux", "Linux"],
];

/**
 * Such as "Firefox on Linux". A program that is no browser says its own name first.
 * @param {string | null} userAgent
 */
export function deviceName(userAgent) {
  if (!userAgent) return "Unknown device";
  const system = nameIn(userAgent, SYSTEMS);
  const browser = nameIn(userAgent, BROWSERS) ?? userAgent.replace(/[/ ].*/s, "");
  return system ? `${browser} on ${system}` : browser;
}

/**
 * @param {string} userAgent
 * @param {[string, string][]} names
 */
function nameIn(userAgent, names) {
  return names.find(([mark]) => userAgent.includes(mark))?.[1];
}
