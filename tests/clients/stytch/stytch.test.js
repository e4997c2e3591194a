/** Stytch's own Node client against the local Stytch. */

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { after, before, beforeEach, test } from "node:test";

import { Emulator, LANDING, PROJECT_ID } from "./emulator.js";

/** @type {Emulator} */
let emulator;
/** @type {import("stytch").Client} */
let client;

before(async () => {
  emulator = await Emulator.start();
});

after(() => emulator.stop());

// A client of its own for each test, since a client keeps the key set that it has once fetched.
beforeEach(async () => {
  client = emulator.client();
  await emulator.admin("/reset");
});

/** A session of an hour for ada@example.com. */
async function signedIn() {
  await client.magicLinks.email.loginOrCreate({ email: "ada@example.com" });
  const token = await emulator.mailedToken();
  return client.magicLinks.authenticate({ token, session_duration_minutes: 60 });
}

/**
 * @param {number} status_code
 * @param {string} error_type
 */
function refusal(status_code, error_type) {
  return { status_code, error_type };
}

test("a new address makes a user, a known one does not", async () => {
  const first = await client.magicLinks.email.loginOrCreate({ email: "ada@example.com" });
  await emulator.admin("/clock", { advance_seconds: 1 });
  const second = await client.magicLinks.email.loginOrCreate({ email: "ada@example.com" });

  assert.equal(first.user_created, true);
  assert.equal(second.user_created, false);
  assert.equal(second.user_id, first.user_id);
});

test("the link leads to the redirect URL", async () => {
  await client.magicLinks.email.loginOrCreate({ email: "ada@example.com" });

  const link = await emulator.mailedLink();
  assert.equal(link.origin + link.pathname, LANDING);
  assert.equal(link.searchParams.get("stytch_token_type"), "magic_links");
});

test("a redirect URL that is not on the list is refused", async () => {
  await assert.rejects(
    client.magicLinks.email.loginOrCreate({
      email: "ada@example.com",
      signup_magic_link_url: "http://evil.example/",
    }),
    refusal(400, "no_match_for_provided_magic_link_url"),
  );
});

test("send reaches a known user and refuses an unknown one", async () => {
  const ada = await client.magicLinks.email.loginOrCreate({ email: "ada@example.com" });
  await emulator.admin("/clock", { advance_seconds: 1 });

  const reply = await client.magicLinks.email.send({ email: "ada@example.com" });

  assert.equal(reply.user_id, ada.user_id);
  await assert.rejects(
    client.magicLinks.email.send({ email: "nobody@example.com" }),
    refusal(404, "email_not_found"),
  );
});

test("an invited user is pending until the link is used", async () => {
  const invited = await client.magicLinks.email.invite({ email: "ada@example.com" });
  const before = await client.users.get({ user_id: invited.user_id });

  await client.magicLinks.authenticate({ token: await emulator.mailedToken() });

  const after = await client.users.get({ user_id: invited.user_id });
  assert.deepEqual([before.status, after.status], ["pending", "active"]);
});

test("a revoked invitation cannot be used", async () => {
  await client.magicLinks.email.invite({ email: "ada@example.com" });
  await client.magicLinks.email.revokeInvite({ email: "ada@example.com" });

  const token = await emulator.mailedToken();

  await assert.rejects(
    client.magicLinks.authenticate({ token }),
    refusal(401, "unable_to_auth_magic_link"),
  );
});

test("a link works once", async () => {
  await client.magicLinks.email.loginOrCreate({ email: "ada@example.com" });
  const token = await emulator.mailedToken();
  await client.magicLinks.authenticate({ token });

  await assert.rejects(
    client.magicLinks.authenticate({ token }),
    refusal(401, "unable_to_auth_magic_link"),
  );
});

test("PKCE ties the link to the one who asked for it", async () => {
  const code_verifier = randomBytes(32).toString("base64url");
  const code_challenge = createHash("sha256").update(code_verifier).digest("base64url");
  await client.magicLinks.email.loginOrCreate({ email: "ada@example.com", code_challenge });
  const token = await emulator.mailedToken();

  await assert.rejects(
    client.magicLinks.authenticate({ token }),
    refusal(400, "pkce_expected_code_verifier"),
  );
  const reply = await client.magicLinks.authenticate({ token, code_verifier });
  assert.equal(reply.status_code, 200);
});

test("a session is found by its token and by its JWT", async () => {
  const ada = await signedIn();

  const byToken = await client.sessions.authenticate({ session_token: ada.session_token });
  const byJwt = await client.sessions.authenticate({ session_jwt: ada.session_jwt });

  assert.equal(byToken.session.session_id, ada.session?.session_id);
  assert.equal(byJwt.session.session_id, ada.session?.session_id);
});

test("a session JWT is verified locally", async () => {
  const ada = await signedIn();

  const session = await client.sessions.authenticateJwtLocal({ session_jwt: ada.session_jwt });

  assert.equal(session.user_id, ada.user_id);
  assert.equal(session.session_id, ada.session?.session_id);
});

test("a session JWT is still verified locally after the keys were rotated", async () => {
  const ada = await signedIn();
  await emulator.admin("/keys");

  const session = await client.sessions.authenticateJwtLocal({ session_jwt: ada.session_jwt });

  assert.equal(session.session_id, ada.session?.session_id);
});

test("a session JWT that is too old is checked remotely", async () => {
  const ada = await signedIn();
  await client.sessions.revoke({ session_token: ada.session_token });

  await assert.rejects(
    client.sessions.authenticateJwt({ session_jwt: ada.session_jwt, max_token_age_seconds: 0 }),
    refusal(404, "session_not_found"),
  );
});

test("a token of another product is no session", async () => {
  const { access_token } = await emulator.admin("/tokens", { kind: "m2m" });

  await assert.rejects(
    client.sessions.authenticate({ session_jwt: access_token }),
    refusal(400, "unable_to_parse_session_jwt"),
  );
});

test("an M2M token is verified with its scopes", async () => {
  const { access_token } = await emulator.admin("/tokens", { kind: "m2m", scope: "read:issues" });

  const { scopes } = await client.m2m.authenticateToken({ access_token });

  assert.deepEqual(scopes, ["read:issues"]);
});

test("active sessions are listed until they are revoked", async () => {
  const ada = await signedIn();
  const before = await client.sessions.get({ user_id: ada.user_id });

  await client.sessions.revoke({ session_id: ada.session?.session_id });

  const after = await client.sessions.get({ user_id: ada.user_id });
  assert.equal(before.sessions.length, 1);
  assert.deepEqual(after.sessions, []);
});

test("the key set is published", async () => {
  const { keys } = await client.sessions.getJWKS({ project_id: PROJECT_ID });

  assert.equal(keys[0].alg, "RS256");
});

test("a user is updated", async () => {
  const ada = await signedIn();

  const { user } = await client.users.update({
    user_id: ada.user_id,
    name: { first_name: "Ada" },
    trusted_metadata: { plan: "pro" },
    roles: ["admin"],
  });

  assert.equal(user.name?.first_name, "Ada");
  assert.deepEqual(user.trusted_metadata, { plan: "pro" });
  assert.deepEqual(user.roles, ["stytch_user", "admin"]);
});

test("a user is found by the address", async () => {
  const ada = await signedIn();

  const { results } = await client.users.search({
    query: {
      operator: "AND",
      operands: [{ filter_name: "email_address", filter_value: ["ada@example.com"] }],
    },
  });

  assert.deepEqual(
    results.map((user) => user.user_id),
    [ada.user_id],
  );
});

test("a deleted user is not found", async () => {
  const ada = await signedIn();

  await client.users.delete({ user_id: ada.user_id });

  await assert.rejects(client.users.get({ user_id: ada.user_id }), refusal(404, "user_not_found"));
});

test("whoami names the project", async () => {
  const reply = await client.debug.whoami();

  assert.equal(reply.project_id, PROJECT_ID);
});

test("a wrong secret is refused", async () => {
  await assert.rejects(
    emulator.client("secret-test-other").debug.whoami(),
    refusal(401, "unauthorized_credentials"),
  );
});

test("the sandbox values answer as Stytch's do", async () => {
  const reply = await client.sessions.authenticate({
    session_token: "WJtR5BCy38Szd5AfoDpf0iqFKEt4EE5JhjlWUY7l3FtY",
  });

  assert.equal(reply.session.started_at, "2021-08-28T00:41:58.935673Z");
  assert.equal(reply.session.user_id, "user-test-e3795c81-f849-4167-bfda-e4a6e9c280fd");
});
