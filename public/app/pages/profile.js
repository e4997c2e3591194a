/** The profile page, where the magic link lands: who I am, the users, my account. */

import { offerAccountDeletion } from "./delete-account.js";
import { setText, find, reveal } from "../ui/dom.js";
import { showAvatar } from "../ui/format.js";
import { showHeader } from "./header.js";
import { showPeople } from "./user-list.js";
import { fetchPrincipal, isAdmin } from "../api/session.js";
import { explain } from "../problem.js";

/** @typedef {import("../api/session.js").Principal} Principal */

/** @type {Record<string, string>} */
const METHODS = {
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
  setText(document, "#me-method", METHODS[principal.provider] ?? principal.provider);
  setText(document, "#me-roles", isAdmin(principal) ? principal.roles.join(", ") : "member");
  setText(document, "#me-id", principal.id);
  find(document, "#me", HTMLElement).ariaBusy = "false";
  showPeople(principal);
  offerAccountDeletion(principal);
}
