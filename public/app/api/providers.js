/**
 * Which sign-ins this site has.
 *
 * @typedef {{netlify: boolean, stytch: boolean, signup: "open" | "invite"}} Providers
 */

import { call } from "../../latchkey.js";

/** @returns {Promise<Providers>} */
export async function fetchProviders() {
  const { data } = await call("GET", "/providers");
  return data;
}
