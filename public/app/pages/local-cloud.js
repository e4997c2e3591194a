/** A hint for developers, shown only when the local cloud serves the page. */

import { reveal } from "../ui/dom.js";
import { announceFailure } from "../ui/toast.js";
import { signInWithPassword } from "./sign-in.js";

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;
const DEMO_PASSWORD = "latchkey";

export async function showLocalCloudHint() {
  if (!LOOPBACK.test(location.hostname) || !(await isLocalCloud())) return;
  reveal("local-cloud");
  for (const button of document.querySelectorAll("[data-demo-user]")) {
    button.addEventListener("click", () => signIn(/** @type {HTMLButtonElement} */ (button)));
  }
}

async function isLocalCloud() {
  const health = await fetch("/_dev/health").catch(() => null);
  return health?.ok ?? false;
}

/** @param {HTMLButtonElement} button */
async function signIn(button) {
  button.disabled = true;
  try {
    await signInWithPassword(button.dataset.demoUser, DEMO_PASSWORD);
  } catch (error) {
    announceFailure(error, () => button.click());
  } finally {
    button.disabled = false;
  }
}
