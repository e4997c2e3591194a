/** Times and names in the form that people read. */

const UNITS = /** @type {const} */ ([
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
]);
const AVATAR_HUES = 6;

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const absolute = new Intl.DateTimeFormat("en", { dateStyle: "long", timeStyle: "short" });

/**
 * Fills a <time> element with a time such as "2 hours ago". An invalid timestamp leaves it empty.
 * @param {HTMLTimeElement} element
 * @param {string} timestamp RFC 3339
 */
export function showTime(element, timestamp) {
  const date = new Date(timestamp);
  if (Number.isNaN(date.getTime())) return;
  element.dateTime = timestamp;
  element.title = absolute.format(date);
  element.textContent = ago(date);
}

/**
 * Shows up to two initials, on a colour that depends only on the name.
 * @param {HTMLElement} element
 * @param {string} name
 */
export function showAvatar(element, name) {
  const words = name.split(/[\s@._-]+/).filter(Boolean);
  element.textContent = words
    .slice(0, 2)
    .map((word) => word[0]?.toUpperCase())
    .join("");
  element.dataset.hue = String(
    [...name].reduce((sum, c) => sum + c.charCodeAt(0), 0) % AVATAR_HUES,
  );
}

/** @param {Date} date */
function ago(date) {
  const seconds = (date.getTime() - Date.now()) / 1000;
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) return relative.format(Math.round(seconds / length), unit);
  }
  return "just now";
}
