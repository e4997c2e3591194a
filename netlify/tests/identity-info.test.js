"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { identityInfoContext } = require("../identity-info");
const { readSettings } = require("../settings");
const { Site, V2 } = require("./site");

const DEPLOYED = {
  LATCHKEY_AWS_REGION: "eu-west-1",
  LATCHKEY_AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
  LATCHKEY_AWS_SECRET_ACCESS_KEY: "hunter2",
  LATCHKEY_FUNCTIONS: "{}",
};
const TRUSTING = { ...DEPLOYED, LATCHKEY_IDENTITY_INFO: "trust" };
const USER = { sub: "1", email: "ada@example.com", app_metadata: { roles: ["admin"] } };
const OPERATOR = { url: "https://site.example/.netlify/identity", token: "operator" };
// What a visitor may have written as well as Netlify.
const INFO = { url: "https://elsewhere.example/.netlify/identity", token: "operator", user: USER };

/** @param {unknown} claims */
function bearer(claims) {
  return `Bearer e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.c2lnbmVk`;
}

/**
 * Has Netlify's bootstrap read this from `x-nf-identity-info`, on a site with an address.
 *
 * @param {import("node:test").TestContext} t
 * @param {unknown} info
 */
function tell(t, info) {
  const environ = process.env;
  process.env = { ...environ, URL: "https://site.example" };
  Object.assign(globalThis, { netlifyIdentityContext: info });
  t.after(() => {
    process.env = environ;
    Object.assign(globalThis, { netlifyIdentityContext: undefined });
  });
}

/**
 * What the Python function is told of a request with this Authorization.
 *
 * @param {Record<string, string>} environ
 * @param {string} [authorization]
 */
function passedOn(environ, authorization) {
  const request = { httpMethod: "GET", path: "/", rawUrl: "", headers: { authorization } };
  const context = identityInfoContext(readSettings(environ), request, {});
  return context && decoded(decoded(context).custom.netlify);
}

/** @param {string} text */
function decoded(text) {
  return JSON.parse(Buffer.from(text, "base64").toString());
}

test("the user is left to the function, which verifies the bearer", (t) => {
  tell(t, INFO);

  assert.deepEqual(passedOn(DEPLOYED, bearer(USER)), { identity: OPERATOR });
});

test("the operator's token goes to this site's own address, whatever address came with it", (t) => {
  tell(t, { url: "https://elsewhere.example", token: "operator" });

  assert.deepEqual(passedOn(TRUSTING), { identity: OPERATOR });
});

test("the user is taken where the header is trusted", (t) => {
  tell(t, INFO);

  assert.deepEqual(passedOn(TRUSTING, bearer(USER)), { identity: OPERATOR, user: USER });
});

const NOT_OF_THE_USER = {
  "has no bearer, as one with a cookie": undefined,
  "has the bearer of another": bearer({ sub: "2" }),
  "has a bearer of nobody": bearer({}),
  "has a bearer that holds no object": bearer(null),
  "has a bearer that is no JWT": "Bearer c2Vzc2lvbg",
  "has a bearer that is no JSON": "Bearer a.b.c",
  "has another scheme": bearer(USER).replace("Bearer", "Basic"),
};

for (const [name, authorization] of Object.entries(NOT_OF_THE_USER)) {
  test(`the user is not taken, trusted or not, for a request that ${name}`, (t) => {
    tell(t, INFO);

    assert.deepEqual(passedOn(TRUSTING, authorization), { identity: OPERATOR });
  });
}

test("a user without an id is not taken for the owner of a bearer without one", (t) => {
  tell(t, { ...INFO, user: { email: "ada@example.com" } });

  assert.deepEqual(passedOn(TRUSTING, bearer({})), { identity: OPERATOR });
});

for (const info of [undefined, null, {}, { url: INFO.url }]) {
  test(`nothing is passed on where Netlify says ${JSON.stringify(info)}`, (t) => {
    tell(t, info);

    assert.equal(passedOn(TRUSTING, bearer(USER)), undefined);
  });
}

test("a site that does not know its address passes on no operator's token", (t) => {
  tell(t, INFO);
  delete process.env.URL;

  assert.equal(passedOn(DEPLOYED), undefined);
});

test("in front of the local cloud only a visitor can have sent it, so nothing is passed on", async (t) => {
  const site = await Site.start(t, V2);
  tell(t, INFO);
  process.env.LATCHKEY_IDENTITY_INFO = "trust";

  await site.call("get", { headers: { authorization: bearer(USER) } });

  assert.equal(site.lambda.clientContext, undefined);
});
