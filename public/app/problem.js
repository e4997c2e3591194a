/**
 * What went wrong with a request. All layers know it: `api` throws it and `ui` shows it.
 *
 * @typedef {Problem["errors"][number]} FieldError `detail` is a whole sentence
 */

import { Problem } from "../latchkey.js";

export { Problem };
