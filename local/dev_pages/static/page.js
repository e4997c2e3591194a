/** What every page below /_dev/ does: it stays up to date, and its buttons need no reload. */

import { enhanceActions } from "./actions.js";
import { followChanges } from "./live.js";

enhanceActions();
followChanges();
