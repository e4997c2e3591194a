/** What to tell a person about an error. */

import { Problem } from "../problem.js";

const TEMPORARY = "This is a temporary problem on our side. Nothing was lost; please try again.";

/** @param {unknown} error */
export function explain(error) {
  if (!(error instanceof Problem)) return "Something unexpected happened. Please reload the page.";
  const message = error.errors.length ? sentencesOf(error.errors) : asSentence(error.message);
  return error.status >= 500 ? `${message} ${TEMPORARY}` : message;
}

/** @param {import("../problem.js").FieldError[]} fields */
export function sentencesOf(fields) {
  return fields.map(({ detail }) => detail).join(" ");
}

/**
 * The messages of Netlify Identity do not end in a full stop.
 * @param {string} text
 */
function asSentence(text) {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
