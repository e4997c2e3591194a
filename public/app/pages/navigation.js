/**
 * Going to another page of this site, and the message to show there. The address carries a code for
 * the message: `?notice=` after an action of this app, `?error=` from the function `authenticate`
 * when a magic link did not work.
 *
 * @typedef {{message: string, failure: boolean}} Notice
 */

/** @type {Record<string, string>} */
const ERRORS = {
  link_expired: "This link was used before, or it is too old. Ask for a new one.",
  link_invalid: "This link is not valid. Ask for a new one.",
  link_malformed: "This link is not complete. Copy all of it from the mail, or ask for a new one.",
  wrong_browser: "Open the link in the browser that asked for it, or ask for a new one here.",
  invite_only: "You need an invitation to sign in here. Ask an administrator for one.",
  account_deleted: "This account was deleted and cannot be used to sign in.",
  too_many_requests: "There were too many attempts. Wait a minute, then open the link again.",
};
const UNAVAILABLE =
  "Signing in does not work at the moment. Please open the link again in a minute.";
const UNKNOWN_ERROR = "Signing in did not work. Please ask for a new link.";

/** @type {Record<string, string>} */
const NOTICES = {
  signed_out: "You are signed out.",
  signed_out_everywhere: "You are signed out on all devices.",
  sign_in: "Please sign in to continue.",
  account_deleted: "Your account and everything that belonged to it were deleted.",
  confirmed: "Your e-mail address is confirmed. Welcome!",
  welcome: "Your account is ready. Welcome!",
  password_changed: "Your new password is set.",
  email_changed: "Your new e-mail address is confirmed.",
};

/**
 * Loads a page of this site, which starts with the session as it is now. In the history it replaces
 * the current page.
 * @param {string} path
 * @param {string} [notice] a key of `NOTICES`
 */
export function goToPage(path, notice) {
  location.replace(notice ? `${path}?notice=${notice}` : path);
}

/**
 * Reads the message to show on this page, and removes its code from the address.
 * @returns {Notice | null}
 */
export function takeNotice() {
  const query = new URLSearchParams(location.search);
  const error = query.get("error");
  const notice = query.get("notice");
  if (error === null && notice === null) return null;
  for (const name of ["error", "notice"]) query.delete(name);
  const rest = query.size ? `?${query}` : "";
  history.replaceState(null, "", location.pathname + rest + location.hash);
  if (error !== null) return { message: errorMessage(error), failure: true };
  const message = messageFor(NOTICES, notice ?? "");
  return message ? { message, failure: false } : null;
}

/** @param {string} code */
function errorMessage(code) {
  const fallback = code.endsWith("unavailable") ? UNAVAILABLE : UNKNOWN_ERROR;
  return messageFor(ERRORS, code) ?? fallback;
}

/**
 * The message for a code from the address. Anyone can make an address, so the code may be any text.
 * @param {Record<string, string>} table
 * @param {string} code
 */
function messageFor(table, code) {
  return Object.hasOwn(table, code) ? table[code] : undefined;
}
