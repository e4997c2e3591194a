/**
 * What a view of the board shows, in a sentence; and what it means that there is nothing.
 *
 * @typedef {import("../api/issues.js").Status} Status
 * @typedef {import("./board-view.js").View} View
 */

/** @type {Record<Status | "", string>} */
const WITH_STATUS = {
  "": "",
  "to-do": " to do",
  "in progress": " in progress",
  done: " that are done",
};

/** @param {View} view */
export function describeView({ status, mine, title }) {
  const order = title ? "in the order of titles" : "newest first";
  return `${mine ? "Your" : "All"} issues${WITH_STATUS[status]}${withTitle(title)}, ${order}.`;
}

/**
 * @param {View} view
 * @param {Status | ""} status of the list that is empty
 */
export function describeNothing({ mine, title }, status) {
  if (!mine && !status && !title) return "There are no issues yet. Add the first one above.";
  return `${mine ? "You have" : "There are"} no issues${WITH_STATUS[status]}${withTitle(title)}.`;
}

/** @param {string} title */
function withTitle(title) {
  return title ? ` with titles that begin with “${title}”` : "";
}
