/**
 * The list of users; for admins also the invitation form and the delete buttons.
 *
 * @typedef {import("../api/session.js").Principal} Principal
 * @typedef {import("../api/users.js").User} User
 */

import { isAdmin } from "../api/session.js";
import { deleteUser, inviteUser, listUsers } from "../api/users.js";
import { confirmDeletion } from "../ui/confirm.js";
import { find, fromTemplate, reveal, setText } from "../ui/dom.js";
import { showAvatar, showTime } from "../ui/format.js";
import { handleSubmit } from "../ui/forms.js";
import { PagedList } from "../ui/paged-list.js";
import { announce, announceFailure } from "../ui/toast.js";
import { knownProviders } from "./ways-in.js";

const FIRST_PAGE = "?limit=25";

/** @param {Principal} principal */
export function showUsers(principal) {
  const section = find(document, "section:has(#users)", HTMLElement);
  /** @type {PagedList} */
  const list = new PagedList(section, async (query) => {
    const { users, next } = await listUsers(query);
    return { rows: users.map((user) => userRow(user, principal, list)), next };
  });
  list.load(FIRST_PAGE);
  if (isAdmin(principal)) offerInvitations(list);
}

/**
 * Where the site has one provider, there is nothing to choose, and the server takes that one.
 * @param {PagedList} list
 */
async function offerInvitations(list) {
  const { netlify, stytch } = await knownProviders();
  const choice = find(document, "#invite-form [name=provider]", HTMLSelectElement);
  choice.disabled = !(netlify && stytch);
  find(document, "#invite-provider", HTMLElement).hidden = choice.disabled;
  showInviteForm(list);
}

/** @param {PagedList} list */
function showInviteForm(list) {
  reveal("invite");
  handleSubmit("invite-form", async ({ email = "", ...others }, form) => {
    const chosen = Object.entries(others).filter(([, value]) => value);
    await inviteUser({ email, ...Object.fromEntries(chosen) });
    form.reset();
    announce(`An invitation is on its way to ${email}.`);
    list.load(FIRST_PAGE);
  });
}

/**
 * @param {User} user
 * @param {Principal} principal
 * @param {PagedList} list
 */
function userRow(user, principal, list) {
  const row = fromTemplate("user-template");
  const isMe = user.principal_id === principal.id;
  const name = user.name || user.email;
  setText(row, "[data-name]", name);
  setText(row, "[data-email]", name === user.email ? "" : user.email);
  setText(row, "[data-provider]", describeSignIn(user));
  showAvatar(find(row, "[data-avatar]", HTMLElement), name);
  showTime(find(row, "time", HTMLTimeElement), user.created_at);
  find(row, "[data-you]", HTMLElement).hidden = !isMe;
  if (isAdmin(principal) && !isMe) addDeleteButton(row, user, list);
  return row;
}

/** @param {User} user */
function describeSignIn(user) {
  const name = providerName(user);
  return user.principal_id ? name : `${name}, has not signed in yet`;
}

/** @param {User} user */
function providerName({ provider }) {
  return provider === "netlify" ? "Netlify Identity" : "Stytch";
}

/**
 * @param {HTMLElement} row
 * @param {User} user
 * @param {PagedList} list
 */
function addDeleteButton(row, user, list) {
  const button = find(row, "[data-delete]", HTMLButtonElement);
  button.hidden = false;
  button.ariaLabel = `Delete ${user.email}, ${providerName(user)}`;
  button.addEventListener("click", async () => {
    const question = `Delete ${user.email} and their sign-in at ${providerName(user)}?`;
    if (await confirmDeletion(question, "Delete user")) await removeUser(row, user, list);
  });
}

/**
 * @param {HTMLElement} row
 * @param {User} user
 * @param {PagedList} list
 */
async function removeUser(row, user, list) {
  row.hidden = true;
  try {
    await deleteUser(user);
    const neighbour = list.remove(row)?.querySelector("[data-delete]");
    if (neighbour instanceof HTMLElement) neighbour.focus();
    announce(`${user.email} was deleted.`);
  } catch (error) {
    row.hidden = false;
    const consequence = `${user.email} was not deleted.`;
    announceFailure(error, () => removeUser(row, user, list), consequence);
  }
}
