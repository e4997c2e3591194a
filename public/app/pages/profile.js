/** The profile page, which a magic link opens: who is signed in and where, the users, the account. */

import { fetchPrincipal, isAdmin } from "../api/session.js";
import { setText, find, reveal } from "../ui/dom.js";
import { explain } from "../ui/explain.js";
import { showAvatar } from "../ui/format.js";
import { enableAccountDeletion } from "./delete-account.js";
import { showHeader } from "./header.js";
import { showSessions } from "./session-list.js";
import { showUsers } from "./user-list.js";

/** @typedef {import("../api/session.js").Principal} Principal */

/** @type {Record<string, string>} */
const SIGN_IN_METHODS = {
  netlify: "Netlify Identity, with a password",
  stytch: "Stytch, with a magic link",
};

showHeader();
load();
find(document, "#profile-failure button", HTMLButtonElement).addEventListener("click", load);

async function load() {
  find(document, "#profile-failure", HTMLElement).hidden = true;
  try {
    show(await fetchPrincipal());
  } catch (error) {
    setText(document, "#profile-failure p", explain(error));
    reveal("profile-failure");
  }
}

/** @param {Principal} principal */
function show(principal) {
  const name = principal.name || principal.email;
  showAvatar(find(document, "#me [data-avatar]", HTMLElement), name);
  setText(document, "#me-name", name);
  setText(document, "#me-email", principal.email);
  setText(document, "#me-method", SIGN_IN_METHODS[principal.provider] ?? principal.provider);
  setText(document, "#me-roles", isAdmin(principal) ? principal.roles.join(", ") : "member");
  setText(document, "#me-id", principal.id);
  find(document, "#me", HTMLElement).ariaBusy = "false";
  showUsers(principal);
  showSessions(principal);
  enableAccountDeletion(principal);
}
