/**
 * What the board shows. The address holds it, so that it can be reloaded, shared and gone back to:
 * `/?status=done&assignee=me&title=oil&pages=2`.
 *
 * @typedef {import("../api/issues.js").Status} Status
 * @typedef {{status: Status | "", mine: boolean, title: string, pages: number}} View
 *   `title` is what the titles begin with; "" for any title
 */

/** @type {Record<Status, string>} in the order of the columns */
export const STATUS_LABELS = { "to-do": "To do", "in progress": "In progress", done: "Done" };
export const STATUSES = /** @type {Status[]} */ (Object.keys(STATUS_LABELS));

const PAGE_ROWS = 25;
const LARGEST_LIMIT = 200; // of the API
const LONGEST_TITLE = 255; // of the API
const MOST_PAGES = 40;

/**
 * The view of an address. Anyone can make an address: what it should not hold is left out.
 * @param {URLSearchParams} query
 * @returns {View}
 */
export function viewOf(query) {
  const pages = Number(query.get("pages"));
  return {
    status: STATUSES.find((status) => status === query.get("status")) ?? "",
    mine: query.get("assignee") === "me",
    title: (query.get("title") ?? "").trim().slice(0, LONGEST_TITLE),
    pages: Number.isInteger(pages) && pages > 0 ? Math.min(pages, MOST_PAGES) : 1,
  };
}

/**
 * @param {View} view
 * @returns {string} the address of the board that shows it
 */
export function addressOf(view) {
  const query = filtersOf(view, view.status);
  if (view.pages > 1) query.set("pages", String(view.pages));
  return query.size ? `/?${query}` : "/";
}

/**
 * The query for one list of this view.
 * @param {View} view
 * @param {Status | ""} status of its issues; "" for all
 */
export function listQuery(view, status) {
  const query = filtersOf(view, status);
  query.set("limit", String(Math.min(rowsOf(view), LARGEST_LIMIT)));
  return `?${query}`;
}

/** @param {View} view */
export function rowsOf(view) {
  return view.pages * PAGE_ROWS;
}

/** @param {number} rowCount */
export function pagesFor(rowCount) {
  return Math.ceil(rowCount / PAGE_ROWS);
}

/**
 * @param {View} view
 * @param {Status | ""} status
 */
function filtersOf({ mine, title }, status) {
  const query = new URLSearchParams();
  if (status) query.set("status", status);
  if (mine) query.set("assignee", "me");
  if (title) query.set("title", title);
  return query;
}
