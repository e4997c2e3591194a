/**
 * Where the caller is signed in: their sessions at Stytch, each with a button that ends it. Netlify
 * Identity lists none, so there they can only be ended all at once.
 *
 * @typedef {import("../api/session.js").Principal} Principal
 * @typedef {import("../api/sessions.js").Session} Session
 */

import { endSession, listSessions, signOutEverywhere } from "../api/sessions.js";
import { deviceName } from "../ui/device.js";
import { find, fromTemplate, setText } from "../ui/dom.js";
import { showTime } from "../ui/format.js";
import { PagedList } from "../ui/paged-list.js";
import { announce, announceFailure } from "../ui/toast.js";
import { goToPage } from "./navigation.js";

const IDENTITY_NOTE =
  "Netlify Identity does not list sessions. You can end all of them at once: then no device can " +
  "renew its sign-in. A token that a device already has is believed until it expires, for up to " +
  "3600 seconds.";

/** @param {Principal} principal */
export function showSessions(principal) {
  enableEndOfEverySession();
  if (principal.provider === "stytch") showStytchSessions();
  else showNote(IDENTITY_NOTE);
}

function showStytchSessions() {
  const others = find(document, "#end-others", HTMLButtonElement);
  /** @type {Session[]} */
  let shown = [];
  const section = find(document, "section:has(#sessions)", HTMLElement);
  /** @type {PagedList} */
  const list = new PagedList(section, async () => {
    const { sessions, believedSeconds } = await listSessions();
    shown = sessions.filter((session) => !session.current);
    others.hidden = shown.length === 0;
    setText(document, "#sessions-note", believedNote(believedSeconds));
    return { rows: sessions.map((session) => sessionRow(session, list)), next: null };
  });
  others.addEventListener("click", () => end(shown, list));
  list.load("");
}

/** @param {string} note */
function showNote(note) {
  find(document, "#sessions", HTMLElement).replaceChildren();
  setText(document, "#sessions-note", note);
  find(document, "section:has(#sessions)", HTMLElement).ariaBusy = "false";
}

/** @param {number} seconds */
function believedNote(seconds) {
  if (seconds === 0) return "A session that you end is believed no more at once.";
  return `A session that you end cannot be renewed. Its token may still be believed for up to ${seconds} seconds.`;
}

/**
 * @param {Session} session
 * @param {PagedList} list
 */
function sessionRow(session, list) {
  const row = fromTemplate("session-template");
  const device = deviceName(session.user_agent);
  setText(row, "[data-device]", device);
  setText(row, "[data-address]", session.ip_address ?? "");
  showTime(find(row, "time", HTMLTimeElement), session.last_accessed_at);
  const button = find(row, "[data-end]", HTMLButtonElement);
  if (session.current) button.remove();
  else find(row, "[data-current]", HTMLElement).remove();
  button.ariaLabel = `End the session of ${device}`;
  button.addEventListener("click", () => end([session], list));
  return row;
}

/**
 * Ends sessions one after the other; the list shows which are left, also after a failure.
 * @param {Session[]} sessions
 * @param {PagedList} list
 */
async function end(sessions, list) {
  try {
    for (const session of sessions) await endSession(session);
    announce(sessions.length === 1 ? "The session was ended." : "All other sessions were ended.");
  } catch (error) {
    announceFailure(error);
  }
  await list.load("");
}

function enableEndOfEverySession() {
  const button = find(document, "#end-every-session", HTMLButtonElement);
  button.disabled = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await signOutEverywhere();
      goToPage("/", "signed_out_everywhere");
    } catch (error) {
      button.disabled = false;
      announceFailure(error, () => button.click());
    }
  });
}
