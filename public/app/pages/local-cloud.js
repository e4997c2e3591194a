/** A hint for developers, shown only when the local cloud serves the page. */

import { find, reveal } from "../ui/dom.js";

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

export async function showLocalCloudHint() {
  if (!LOOPBACK.test(location.hostname) || !(await isLocalCloud())) return;
  reveal("local-cloud");
  for (const button of document.querySelectorAll("[data-demo-user]")) {
    button.addEventListener("click", () => fillIn(/** @type {HTMLElement} */ (button)));
  }
}

async function isLocalCloud() {
  const health = await fetch("/_dev/health").catch(() => null);
  return health?.ok ?? false;
}

/** @param {HTMLElement} button */
function fillIn(button) {
  const form = find(document, "#sign-in-form", HTMLFormElement);
  find(form, "[name=email]", HTMLInputElement).value = button.dataset.demoUser ?? "";
  find(form, "[name=password]", HTMLInputElement).value = "latchkey";
  find(form, "[type=submit]", HTMLButtonElement).focus();
}
