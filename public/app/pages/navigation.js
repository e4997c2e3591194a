/**
 * What brought the visitor here: a failed magic link (`?error=`), a finished action (`?notice=`),
 * or a link from an Identity mail (`#recovery_token=`). Read once, then removed from the address.
 *
 * @typedef {"confirmation" | "invite" | "recovery" | "email_change"} MailKind
 * @typedef {{kind: MailKind, token: string}} MailLink
 * @typedef {{message: string, failure: boolean}} Notice
 */

/** @type {Record<string, string>} */
const ERRORS = {
  link_expired: "That link was used before, or is too old. Ask for a new one.",
  link_invalid: "That link is not valid. Ask for a new one.",
  link_malformed: "That link is not whole. Copy all of it from the mail, or ask for a new one.",
  wrong_browser: "Open the link in the browser that asked for it, or ask for a new one here.",
  invite_only: "This site is by invitation only. Ask an administrator to invite you.",
  account_deleted: "This account was deleted and cannot be used to sign in.",
  too_many_requests: "That was a lot of attempts. Wait a minute, then open the link again.",
};
const UNAVAILABLE = "Signing in is briefly unavailable. Please open the link again in a minute.";
const UNKNOWN_ERROR = "Signing in did not work. Please ask for a new link.";

/** @type {Record<string, string>} */
const NOTICES = {
  signed_out: "You are signed out.",
  sign_in: "Please sign in to continue.",
  account_deleted: "Your account and everything that belonged to it are gone. Goodbye!",
  confirmed: "Your e-mail address is confirmed. Welcome!",
  welcome: "Your account is ready. Welcome!",
  password_changed: "Your new password is set.",
  email_changed: "Your new e-mail address is confirmed.",
};

const MAIL_LINK = /^#(confirmation|invite|recovery|email_change)_token=/;

/** @returns {Notice | null} */
export function takeNotice() {
  const query = new URLSearchParams(location.search);
  const error = query.get("error");
  const notice = query.get("notice");
  if (error === null && notice === null) return null;
  history.replaceState(null, "", location.pathname + location.hash);
  if (error !== null) return { message: describe(error), failure: true };
  const message = wordsFor(NOTICES, notice ?? "");
  return message ? { message, failure: false } : null;
}

/** @param {string} code */
function describe(code) {
  const fallback = code.endsWith("unavailable") ? UNAVAILABLE : UNKNOWN_ERROR;
  return wordsFor(ERRORS, code) ?? fallback;
}

/**
 * The words for a code that came with the address, which may be any word at all.
 *
 * @param {Record<string, string>} table
 * @param {string} code
 */
function wordsFor(table, code) {
  return Object.hasOwn(table, code) ? table[code] : undefined;
}

/** @param {string} hash */
export function isMailLink(hash) {
  return MAIL_LINK.test(hash);
}

/** @returns {MailLink | null} */
export function takeMailLink() {
  const kind = /** @type {MailKind | undefined} */ (location.hash.match(MAIL_LINK)?.[1]);
  const token = new URLSearchParams(location.hash.slice(1)).get(`${kind}_token`);
  if (!kind || !token) return null;
  history.replaceState(null, "", location.pathname + location.search);
  return { kind, token };
}

/**
 * Leaves for a page of this site, so that it starts afresh with the session as it is now.
 * @param {string} path
 * @param {string} [notice] a name that `takeNotice` knows
 */
export function leaveFor(path, notice) {
  location.replace(notice ? `${path}?notice=${notice}` : path);
}
