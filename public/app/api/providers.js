/**
 * Which sign-ins this site has.
 *
 * @typedef {{netlify: boolean, stytch: boolean, signup: "open" | "invite"}} Providers
 */

import { callFunction } from "./functions.js";

/** @returns {Promise<Providers>} */
export async function fetchProviders() {
  const { data } = await callFunction("GET", "/get/providers");
  return data;
}
