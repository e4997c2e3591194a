/** The Netlify Identity session of this browser, which the official widget shares. */

export { accessToken, startSession } from "../../latchkey.js";
