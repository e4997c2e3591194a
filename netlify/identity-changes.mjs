/**
 * Passes on that an Identity user was changed or deleted. Netlify tells this to typed handlers only
 * (`@netlify/functions`, `userModified` and `userDeleted`), which get the user but not the request:
 * so there is no signature, and what is passed on is a hint.
 */

import "aws4"; // Netlify packs what an ES module imports, not what its CommonJS modules require.
import { gatewayOfEvents } from "./gateway.js";
import { operator } from "./identity-info.js";

/** @typedef {{ user: { id: string } }} IdentityEvent what a typed handler gets */

/**
 * A typed handler. It throws when the function does not answer 200, so that Identity tries again.
 *
 * @param {"usermodified" | "userdeleted"} name
 */
export function identityChange(name) {
  return async (/** @type {IdentityEvent} */ { user }) => {
    const body = JSON.stringify({ event: name, user: { id: user.id } });
    const clientContext = { identity: operator() };
    const result = await gatewayOfEvents("hint")(postOf(body), { clientContext });
    if (result.statusCode !== 200) {
      throw new Error(`${name}: the function answered ${result.statusCode}`);
    }
  };
}

/** @param {string} body */
function postOf(body) {
  const headers = { "content-type": "application/json" };
  return { httpMethod: "POST", path: "", rawUrl: `${process.env.URL}/`, headers, body };
}
