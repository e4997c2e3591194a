/** One sentence at the bottom of the page, which a screen reader says. */

const SECONDS = 6;

let timer = 0;

/**
 * @param {string} sentence
 * @param {"done" | "failure"} kind a failure stays until the next sentence
 */
export function say(sentence, kind = "done") {
  const place = document.getElementById("said");
  if (!place) return;
  clearTimeout(timer);
  place.textContent = sentence;
  place.dataset.kind = kind;
  if (kind === "done") timer = setTimeout(() => (place.textContent = ""), SECONDS * 1000);
}
