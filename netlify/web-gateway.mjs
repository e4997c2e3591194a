/**
 * The gateway for modern (v2) functions, which take a Request and give a Response: the files in
 * `functions-v2/`. All that is not of this form is done by `gateway.js`.
 */

import "aws4"; // Netlify packs what an ES module imports, not what its CommonJS modules require.
import { gateway, gatewayByMethod } from "./gateway.js";
import { identityInfoContext } from "./identity-info.js";
import { netlifyEvent, webResponse } from "./web-exchange.js";

/** @typedef {(request: Request) => Promise<Response>} WebHandler */

/**
 * A handler that calls the function `name`.
 *
 * @param {string} name
 */
export function webGateway(name) {
  return webHandler(gateway(name, identityInfoContext));
}

/** A handler that chooses the function by the HTTP method. */
export function webGatewayByMethod() {
  return webHandler(gatewayByMethod(identityInfoContext));
}

/**
 * @param {import("./gateway.js").Handler} handle
 * @returns {WebHandler}
 */
function webHandler(handle) {
  return async (request) => webResponse(await handle(await netlifyEvent(request), {}));
}
