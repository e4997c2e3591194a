/**
 * The functions for users, invitations, magic links, and the caller's own account.
 *
 * @typedef {{id: string | number, name: string, email: string, created_at: string}} User
 * @typedef {{users: User[], next: string | null}} UserPage
 */

import { callFunction } from "./functions.js";

/**
 * @param {string} query the limit, or the query string of a next page
 * @returns {Promise<UserPage>}
 */
export async function listUsers(query) {
  const { data, next } = await callFunction("GET", `/get/users${query}`);
  return { users: data, next };
}

/**
 * Mails a magic link and creates the user's row. Safe to repeat.
 * @param {string} email
 * @param {string} name may be empty
 */
export async function inviteUser(email, name) {
  await callFunction("POST", "/invite", { body: name ? { email, name } : { email } });
}

/** @param {User} user */
export async function deleteUser(user) {
  await callFunction("DELETE", `/delete/users/${encodeURIComponent(user.id)}`);
}

/**
 * Mails a magic link for signing in. The answer never tells whether the address is known.
 * @param {string} email
 */
export async function requestMagicLink(email) {
  await callFunction("POST", "/login", { body: { email } });
}

/** Deletes the caller's rows, and their identity at the provider. */
export async function deleteAccount() {
  await callFunction("DELETE", "/delete");
}
