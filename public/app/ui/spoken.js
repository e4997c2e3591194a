/** What only screen readers are told, since the eye sees it. */

import { setText } from "./dom.js";

/** @param {string} sentence */
export function say(sentence) {
  setText(document, "#spoken", sentence);
}
