/**
 * The functions for users, invitations, magic links, and the caller's own account.
 *
 * @typedef {import("../../latchkey.js").Schemas} Schemas
 * @typedef {Schemas["User"]} User
 * @typedef {Schemas["Invitation"]} Invitation
 * @typedef {{users: User[], next: string | null}} UserPage
 */

import { Problem, call, signInWithLink } from "../../latchkey.js";

/**
 * @param {string} query the limit, or the query string of a next page
 * @returns {Promise<UserPage>}
 */
export async function listUsers(query) {
  const { data, next } = await call("GET", "/users", { query });
  return { users: data, next };
}

/**
 * Has the provider mail an invitation, and creates the user's row. Safe to repeat.
 * @param {Invitation} invitation
 */
export async function inviteUser(invitation) {
  await call("POST", "/invite", { body: invitation });
}

/** @param {User} user */
export async function deleteUser({ id }) {
  await call("DELETE", "/users/{id}", { path: { id } });
}

/**
 * Mails a magic link for signing in. The answer never tells whether the address is known.
 * @param {string} email
 */
export const requestMagicLink = signInWithLink;

/**
 * Deletes the caller's rows, and their identity at the provider. Very many issues take more than one
 * request; `onUnfinished` is told what is left before each further one.
 * @param {(sentence: string) => void} onUnfinished
 */
export async function deleteAccount(onUnfinished) {
  try {
    await call("DELETE", "/account");
  } catch (error) {
    if (!(error instanceof Problem && error.code === "deletion_unfinished")) throw error;
    onUnfinished(`${error.detail.split(". ")[0]}.`);
    await deleteAccount(onUnfinished);
  }
}
