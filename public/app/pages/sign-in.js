/** The sign-in card: a password with Netlify Identity, a magic link with Stytch, or either. */

import { passwordGrant, requestRecovery, signUp, startSession } from "../api/identity.js";
import { requestMagicLink } from "../api/users.js";
import { find, reveal, setText } from "../ui/dom.js";
import { handleSubmit } from "../ui/forms.js";
import { showWidgetButton } from "./identity-widget.js";
import { goToPage } from "./navigation.js";
import { knownProviders, showWaysIn } from "./ways-in.js";

const PANELS = ["sign-in", "sign-up", "forgot", "sent"];

export async function showSignIn() {
  reveal("welcome");
  for (const button of document.querySelectorAll("[data-panel]")) {
    button.addEventListener("click", () => openPanel(panelOf(button)));
  }
  handleSubmit("sign-in-form", ({ email, password }) => signInWithPassword(email, password));
  handleSubmit("sign-up-form", ({ name, email, password }) => createAccount(name, email, password));
  handleSubmit("forgot-form", ({ email }) => mailRecoveryLink(email));
  handleSubmit("magic-link-form", ({ email }) => sendMagicLink(email));
  const providers = await knownProviders();
  showWaysIn(providers);
  find(document, "#sign-in-panel", HTMLElement).ariaBusy = "false";
  if (providers.netlify) showWidgetButton();
}

/**
 * Says above the form why somebody is here, and what became of the link that they followed.
 * @param {import("./navigation.js").Notice} notice
 */
export function showNotice({ message, failure }) {
  const notice = find(document, "#sign-in-notice", HTMLElement);
  notice.dataset.kind = failure ? "failure" : "notice";
  notice.role = failure ? "alert" : "status";
  notice.textContent = message;
  notice.hidden = false;
}

/** @param {string} name */
function openPanel(name) {
  for (const panel of PANELS)
    find(document, `#${panel}-panel`, HTMLElement).hidden = panel !== name;
  find(document, `#${name}-panel h2`, HTMLElement).focus();
}

/** @param {Element} button */
function panelOf(button) {
  return /** @type {HTMLElement} */ (button).dataset.panel ?? "sign-in";
}

/**
 * @param {string} email
 * @param {string} password
 */
export async function signInWithPassword(email = "", password = "") {
  await startSession(await passwordGrant(email, password));
  goToPage("/");
}

/**
 * Signs in at once if the site accepts new addresses unconfirmed (GoTrue's autoconfirm); else
 * Identity sends a mail to confirm the address.
 * @param {string} name
 * @param {string} email
 * @param {string} password
 */
async function createAccount(name = "", email = "", password = "") {
  const user = await signUp(name, email, password);
  if (user.confirmed_at) await signInWithPassword(email, password);
  else showSent(`We sent a link to ${email}. Open it to confirm your address.`);
}

/** @param {string} email */
async function mailRecoveryLink(email = "") {
  await requestRecovery(email);
  showSent(`If ${email} has an account, a link to set a new password is on its way.`);
}

/** @param {string} email */
async function sendMagicLink(email = "") {
  await requestMagicLink(email);
  showSent(`If ${email} may sign in, a link is on its way. Open it in this browser.`);
}

/** @param {string} message */
function showSent(message) {
  setText(document, "#sent-message", message);
  openPanel("sent");
}
