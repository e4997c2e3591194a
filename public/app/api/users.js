/**
 * The functions for users, invitations, magic links, and the caller's own account.
 *
 * @typedef {{
 *   id: string | number, name: string, email: string, provider: string,
 *   principal_id: string | null, last_seen_at: string | null, created_at: string,
 * }} User
 * @typedef {{email: string, name?: string, role?: string, provider?: string}} Invitation
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
 * Has the provider mail an invitation, and creates the user's row. Safe to repeat.
 * @param {Invitation} invitation
 */
export async function inviteUser(invitation) {
  await callFunction("POST", "/invite", { body: invitation });
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
