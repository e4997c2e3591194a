/**
 * Shows only what the site's providers can serve: an element with `data-needs="netlify open"` is
 * there where the site has Netlify Identity and anyone may sign up.
 *
 * @typedef {import("../api/providers.js").Providers} Providers
 */

import { fetchProviders } from "../api/providers.js";

// While it cannot be known, everything is offered: what the site does not have, it will say.
/** @type {Providers} */
const ALL = { netlify: true, stytch: true, signup: "open" };

/** @returns {Promise<Providers>} */
export async function knownProviders() {
  return fetchProviders().catch(() => ALL);
}

/** @param {Providers} providers */
export function showWaysIn({ netlify, stytch, signup }) {
  const there = new Map([
    ["netlify", netlify],
    ["stytch", stytch],
    ["open", signup === "open"],
  ]);
  for (const element of document.querySelectorAll("[data-needs]")) {
    const { dataset } = /** @type {HTMLElement} */ (element);
    const needs = (dataset.needs ?? "").split(" ");
    element.toggleAttribute("hidden", !needs.every((need) => there.get(need)));
  }
}
