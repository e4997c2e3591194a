/** gotrue-js, Netlify's own client of GoTrue, against the local Identity. */

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";

import GoTrue from "gotrue-js";

import { Emulator } from "./emulator.js";

const PASSWORD = "correct horse battery staple";

/** @type {Emulator} */
let emulator;
/** @type {GoTrue} */
let auth;
let email = "";
let count = 0;

before(async () => {
  emulator = await Emulator.start();
});

after(() => emulator.stop());

beforeEach(() => {
  auth = new GoTrue({ APIUrl: emulator.url });
  email = `user-${(count += 1)}@example.com`;
});

/** The user of this test, signed up, confirmed and signed in. */
async function signedIn() {
  await auth.signup(email, PASSWORD, { full_name: "Lin" });
  return auth.confirm(await emulator.mailedToken());
}

test("settings are read", async () => {
  const settings = await auth.settings();

  assert.equal(settings.autoconfirm, false);
  assert.equal(settings.disable_signup, false);
  assert.equal(settings.external.email, true);
  assert.equal(settings.external.github, false);
});

test("a demo user signs in", async () => {
  const user = await auth.login("ada@example.com", "latchkey");

  assert.equal(user.email, "ada@example.com");
  assert.deepEqual(user.app_metadata.roles, ["admin"]);
  assert.equal(user.user_metadata.full_name, "Ada Lovelace");
});

test("who signs up confirms by mail and is signed in", async () => {
  const created = await auth.signup(email, PASSWORD, { full_name: "Lin" });
  const user = await auth.confirm(await emulator.mailedToken());

  assert.equal(created.confirmed_at, undefined);
  assert.equal(user.id, created.id);
  assert.ok(user.confirmed_at);
  assert.equal(user.user_metadata.full_name, "Lin");
});

test("signing in before confirming says why not", async () => {
  await auth.signup(email, PASSWORD);

  await assert.rejects(auth.login(email, PASSWORD), (/** @type {any} */ error) => {
    assert.equal(error.name, "JSONHTTPError");
    assert.equal(error.status, 400);
    assert.equal(error.json.error_description, "Email not confirmed");
    return true;
  });
});

test("a wrong password says so", async () => {
  await signedIn();

  await assert.rejects(auth.login(email, "wrong"), (/** @type {any} */ error) => {
    assert.equal(error.status, 400);
    assert.equal(error.json.error, "invalid_grant");
    return true;
  });
});

test("signing up twice says so", async () => {
  await signedIn();

  await assert.rejects(auth.signup(email, PASSWORD), (/** @type {any} */ error) => {
    assert.equal(error.status, 400);
    assert.equal(error.json.msg, "A user with this email address has already been registered");
    return true;
  });
});

test("the access token is renewed with the refresh token", async (context) => {
  // gotrue-js leaves a timer of 30 s behind, for which Node would wait.
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const user = await signedIn();
  const refreshToken = user.tokenDetails().refresh_token;

  const renewed = await user.jwt(true);

  assert.equal(renewed.split(".").length, 3);
  assert.notEqual(user.tokenDetails().refresh_token, refreshToken);
});

test("a user updates their data", async () => {
  const user = await signedIn();

  const updated = await user.update({ data: { full_name: null, city: "Oslo" } });

  assert.deepEqual(updated.user_metadata, { city: "Oslo" });
});

test("a forgotten password is recovered by mail", async () => {
  await signedIn();

  await auth.requestPasswordRecovery(email);
  const user = await auth.recover(await emulator.mailedToken());
  await user.update({ password: "a new one" });

  assert.equal((await auth.login(email, "a new one")).id, user.id);
});

test("a new address is confirmed by mail", async () => {
  const user = await signedIn();

  const pending = await user.update({ email: `new-${email}` });
  assert.equal(pending.new_email, `new-${email}`);
  const confirmed = await user.update({ email_change_token: await emulator.mailedToken() });

  assert.equal(confirmed.email, `new-${email}`);
});

test("an invited user chooses a password and is signed in", async () => {
  await emulator.asOperator("POST", "/invite", { email });

  const user = await auth.acceptInvite(await emulator.mailedToken(), PASSWORD);

  assert.equal(user.email, email);
  assert.equal((await auth.login(email, PASSWORD)).id, user.id);
});

test("signing out ends the session", async () => {
  const user = await signedIn();
  const { refresh_token } = user.tokenDetails();

  await user.logout();

  const answer = await fetch(`${emulator.url}/token`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "refresh_token", refresh_token }),
  });
  assert.equal(answer.status, 400);
});

test("an admin creates, lists, reads, updates and deletes a user", async () => {
  const user = await signedIn();
  await emulator.asOperator("PUT", `/admin/users/${user.id}`, { role: "admin" });

  const created = await user.admin.createUser(`made-${email}`, PASSWORD, { confirm: true });
  const updated = await user.admin.updateUser(created, { app_metadata: { roles: ["editor"] } });
  const listed = /** @type {any} */ (await user.admin.listUsers(""));
  const read = await user.admin.getUser(created);
  await user.admin.deleteUser(created);

  assert.deepEqual(updated.app_metadata.roles, ["editor"]);
  assert.ok(listed.users.some((/** @type {any} */ other) => other.id === created.id));
  assert.equal(read.email, `made-${email}`);
  await assert.rejects(user.admin.getUser(created), { name: "JSONHTTPError", status: 404 });
});

test("who is no admin is told so", async () => {
  const user = await signedIn();

  await assert.rejects(user.admin.listUsers(""), (/** @type {any} */ error) => {
    assert.equal(error.status, 401);
    assert.equal(error.json.msg, "User not allowed");
    return true;
  });
});
