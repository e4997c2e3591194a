/** @netlify/identity as it runs inside a Netlify Function, against the local Identity. */

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";

import * as identity from "@netlify/identity";

import { Emulator, secondsFromNow, signed } from "./emulator.js";

const PASSWORD = "correct horse battery staple";

/** @type {Emulator} */
let emulator;
/** @type {Map<string, string>} */
let cookies;
let email = "";
let count = 0;

before(async () => {
  emulator = await Emulator.start("--autoconfirm");
});

after(() => emulator.stop());

beforeEach(() => {
  cookies = new Map();
  email = `user-${(count += 1)}@example.com`;
  Object.assign(globalThis, functionGlobals());
});

/** What Netlify's runtime puts around a function: the Identity context and the request's cookies. */
function functionGlobals() {
  return {
    netlifyIdentityContext: { url: emulator.url, token: emulator.operatorToken() },
    Netlify: {
      context: {
        url: new URL(emulator.url).origin,
        cookies: {
          get: (/** @type {string} */ name) => cookies.get(name),
          set: (/** @type {{name: string, value: string}} */ cookie) =>
            cookies.set(cookie.name, cookie.value),
          delete: (/** @type {string} */ name) => cookies.delete(name),
        },
      },
    },
  };
}

test("settings are read", async () => {
  const settings = await identity.getSettings();

  assert.equal(settings.autoconfirm, true);
  assert.equal(settings.disableSignup, false);
  assert.equal(settings.providers.email, true);
});

test("a user signs up and in, and has both cookies", async () => {
  await identity.signup(email, PASSWORD, { full_name: "Lin" });

  const user = await identity.login(email, PASSWORD);

  assert.equal(user.email, email);
  assert.equal(user.name, "Lin");
  assert.equal(user.provider, "email");
  assert.equal(cookies.get("nf_jwt")?.split(".").length, 3);
  assert.ok(cookies.get("nf_refresh"));
});

test("a wrong password is an AuthError with the reason", async () => {
  await identity.signup(email, PASSWORD);

  await assert.rejects(identity.login(email, "wrong"), {
    name: "AuthError",
    status: 400,
    message: "No user found with that email, or password invalid.",
  });
});

test("a second sign-up is an AuthError with the reason", async () => {
  await identity.signup(email, PASSWORD);

  await assert.rejects(identity.signup(email, PASSWORD), {
    name: "AuthError",
    status: 400,
    message: "A user with this email address has already been registered",
  });
});

test("the caller is found by their cookie", async () => {
  await identity.signup(email, PASSWORD);
  await identity.login(email, PASSWORD);
  Object.assign(globalThis, { netlifyIdentityContext: { url: emulator.url } });

  const user = await identity.getUser();

  assert.equal(user?.email, email);
  assert.ok(user?.confirmedAt);
});

test("a session that is about to end is refreshed", async () => {
  await identity.signup(email, PASSWORD);
  const user = await identity.login(email, PASSWORD);
  const refreshToken = cookies.get("nf_refresh");
  cookies.set("nf_jwt", signed({ exp: secondsFromNow(5), sub: user.id, email }));

  const token = await identity.refreshSession();

  assert.equal(token, cookies.get("nf_jwt"));
  assert.notEqual(cookies.get("nf_refresh"), refreshToken);
});

test("signing out revokes the session and deletes the cookies", async () => {
  await identity.signup(email, PASSWORD);
  await identity.login(email, PASSWORD);
  const refreshToken = cookies.get("nf_refresh") ?? "";

  await identity.logout();

  const answer = await fetch(`${emulator.url}/token`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "refresh_token", refresh_token: refreshToken }),
  });
  assert.equal(cookies.size, 0);
  assert.equal(answer.status, 400);
});

test("a function creates a user who can sign in", async () => {
  const created = await identity.admin.createUser({
    email,
    password: PASSWORD,
    data: { user_metadata: { full_name: "Lin" } },
  });

  const user = await identity.login(email, PASSWORD);

  assert.equal(user.id, created.id);
  assert.equal(user.name, "Lin");
});

test("a function reads and lists users", async () => {
  const created = await identity.admin.createUser({ email, password: PASSWORD });

  const [newest] = await identity.admin.listUsers({ page: 1, perPage: 1 });

  assert.deepEqual(newest, created);
  assert.deepEqual(await identity.admin.getUser(created.id), created);
});

test("a function gives a user a role", async () => {
  const created = await identity.admin.createUser({ email, password: PASSWORD });

  const updated = await identity.admin.updateUser(created.id, {
    app_metadata: { roles: ["editor"] },
  });

  assert.deepEqual(updated.roles, ["editor"]);
});

test("a function deletes a user, once", async () => {
  const created = await identity.admin.createUser({ email, password: PASSWORD });

  await identity.admin.deleteUser(created.id);

  await assert.rejects(identity.admin.deleteUser(created.id), {
    name: "AuthError",
    status: 404,
    message: "User not found",
  });
});
