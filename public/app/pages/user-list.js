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
  const list = new PagedList("users", async (query) => {
    const { users, next } = await listUsers(query);
    return { rows: users.map((user) => userRow(user, principal, list)), next };
  });
  list.load(FIRST_PAGE);
  if (isAdmin(principal)) offerInvitations(list);
}

/**
 * Invitations are Stytch's.
 * @param {PagedList} list
 */
async function offerInvitations(list) {
  const { stytch } = await knownProviders();
  if (stytch) showInviteForm(list);
}

/** @param {PagedList} list */
function showInviteForm(list) {
  reveal("invite");
  handleSubmit("invite-form", async ({ email = "", name = "" }, form) => {
    await inviteUser(email, name);
    form.reset();
    announce(`A magic link is on its way to ${email}.`);
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
  const isMe = user.email === principal.email;
  const name = user.name || user.email;
  setText(row, "[data-name]", name);
  setText(row, "[data-email]", name === user.email ? "" : user.email);
  showAvatar(find(row, "[data-avatar]", HTMLElement), name);
  showTime(find(row, "time", HTMLTimeElement), user.created_at);
  find(row, "[data-you]", HTMLElement).hidden = !isMe;
  if (isAdmin(principal) && !isMe) addDeleteButton(row, user, list);
  return row;
}

/**
 * @param {HTMLElement} row
 * @param {User} user
 * @param {PagedList} list
 */
function addDeleteButton(row, user, list) {
  const button = find(row, "[data-delete]", HTMLButtonElement);
  button.hidden = false;
  button.ariaLabel = `Delete ${user.email}`;
  button.addEventListener("click", async () => {
    const question = `Delete ${user.email} and their sign-in?`;
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
    list.remove(row);
    announce(`${user.email} was deleted.`);
  } catch (error) {
    row.hidden = false;
    announceFailure(error, () => removeUser(row, user, list));
  }
}
