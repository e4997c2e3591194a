/** The header of a signed-in page. */

import { clearSession, onSignedOutElsewhere, sessionEvents, signOut } from "../api/session.js";
import { find, reveal } from "../ui/dom.js";
import { announceFailure, dismissToast } from "../ui/toast.js";
import { goToPage } from "./navigation.js";

export function showHeader() {
  reveal("site-nav");
  const button = find(document, "#sign-out", HTMLButtonElement);
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await dismissToast(); // what was deleted is still to be sent, as whom it was deleted by
      await signOut();
      goToPage("/", "signed_out");
    } catch (error) {
      button.disabled = false;
      announceFailure(error, () => button.click());
    }
  });
  sessionEvents.addEventListener("ended", () => {
    clearSession();
    goToPage("/", "sign_in");
  });
  onSignedOutElsewhere(() => goToPage("/", "signed_out"));
}
