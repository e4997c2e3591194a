/**
 * The users table, invitations, and one's own account.
 *
 * @typedef {{id: string | number, name: string, email: string, created_at: string}} User
 * @typedef {{users: User[], next: string | null}} UserPage
 */

import { call } from "./functions.js";

/**
 * @param {string} query empty, or the query of a next page
 * @returns {Promise<UserPage>}
 */
export async function listUsers(query) {
  const { data, next } = await call("GET", `/get/users${query}`);
  return { users: data, next };
}

/**
 * Mails a magic link and creates the user's row; repeating it is harmless.
 * @param {string} email
 * @param {string} name may be empty
 */
export async function inviteUser(email, name) {
  await call("POST", "/invite", { body: name ? { email, name } : { email } });
}

/** @param {User} user */
export async function deleteUser(user) {
  await call("DELETE", `/delete/users/${encodeURIComponent(user.id)}`);
}

/** Mails a magic link for signing in; the answer never tells whether the address is known. */
export async function requestMagicLink(/** @type {string} */ email) {
  await call("POST", "/login", { body: { email } });
}

/** Deletes the caller's rows and identity. */
export async function deleteAccount() {
  await call("DELETE", "/delete");
}
