/** The header of a signed-in page. */

import { sessionWatch } from "../api/functions.js";
import { find, reveal } from "../ui/dom.js";
import { leaveFor } from "./navigation.js";
import { forget, onSignedOutElsewhere, signOut } from "../api/session.js";
import { announceFailure } from "../ui/toast.js";

export function showHeader() {
  reveal("site-nav");
  const button = find(document, "#sign-out", HTMLButtonElement);
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await signOut();
      leaveFor("/", "signed_out");
    } catch (error) {
      button.disabled = false;
      announceFailure(error, () => button.click());
    }
  });
  sessionWatch.addEventListener("ended", () => {
    forget();
    leaveFor("/", "sign_in");
  });
  onSignedOutElsewhere(() => leaveFor("/", "signed_out"));
}
