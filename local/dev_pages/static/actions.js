/** Forms and links that work without a script, and better with one. */

import { refresh } from "./refresh.js";
import { say } from "./say.js";

export function enhanceActions() {
  document.addEventListener("submit", (event) => {
    if (event.target instanceof HTMLFormElement) onSubmit(event, event.target);
  });
  document.addEventListener("change", ({ target }) => {
    const form = target instanceof HTMLSelectElement ? target.form : null;
    if (form?.hasAttribute("data-submits-itself")) form.requestSubmit();
  });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-copies]") : null;
    if (link instanceof HTMLAnchorElement) onCopy(event, link);
  });
}

/**
 * A form with `data-says` changes something and stays on its page.
 * @param {SubmitEvent} event
 * @param {HTMLFormElement} form
 */
async function onSubmit(event, form) {
  const done = form.dataset.says;
  if (!done) return;
  event.preventDefault();
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form, event.submitter)) body.append(name, String(value));
  const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
  if (!answer?.ok) return say(await reasonOf(answer), "failure");
  if (form.hasAttribute("data-resets")) form.reset();
  await refresh(() => true);
  say(done);
}

/** @param {Response | null} answer */
async function reasonOf(answer) {
  if (!answer) return "The local cloud does not answer.";
  const isText = answer.headers.get("content-type")?.startsWith("text/plain");
  return isText ? await answer.text() : `That did not work (${answer.status}).`;
}

/**
 * @param {Event} event
 * @param {HTMLAnchorElement} link
 */
async function onCopy(event, link) {
  event.preventDefault();
  const answer = await fetch(link.href).catch(() => null);
  if (!answer?.ok) return say(await reasonOf(answer), "failure");
  try {
    await navigator.clipboard.writeText(await answer.text());
    say("Copied, with the credentials of the request: paste it to nobody else.");
  } catch {
    location.assign(link.href);
  }
}
