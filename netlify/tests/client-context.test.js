"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { Site, problemOf } = require("./site");

const IDENTITY = { url: "https://site.example/.netlify/identity", token: "operator" };
const USER = { sub: "1", email: "ada@example.com" };

/** @param {unknown} value */
function base64(value) {
  return Buffer.from(JSON.stringify(value)).toString("base64");
}

/** @param {string} text */
function decoded(text) {
  return JSON.parse(Buffer.from(text, "base64").toString());
}

test("passes on custom.netlify as it is, and no other key", async (t) => {
  const site = await Site.start(t);
  const netlify = base64({ identity: IDENTITY, user: USER, site_url: "https://site.example" });
  const custom = { netlify, blobs: "b", purge_api_token: "p" };

  await site.call("get", {}, { custom, identity: IDENTITY, user: USER });

  assert.deepEqual(site.lambda.clientContext, { custom: { netlify } });
});

test("believes custom.netlify rather than the copies at the root", async (t) => {
  const site = await Site.start(t);
  const netlify = base64({ identity: IDENTITY });

  await site.call("get", {}, { custom: { netlify }, user: USER });

  assert.deepEqual(site.lambda.clientContext, { custom: { netlify } });
});

test("makes custom.netlify of the copies at the root where they are all there is", async (t) => {
  const site = await Site.start(t);

  await site.call("get", {}, { identity: IDENTITY, user: USER });

  const { netlify } = site.lambda.clientContext.custom;
  assert.deepEqual(decoded(netlify), { identity: IDENTITY, user: USER });
});

test("keeps names that are not ASCII", async (t) => {
  const site = await Site.start(t);
  const user = { ...USER, user_metadata: { full_name: "Zoë 李" } };

  await site.call("get", {}, { identity: IDENTITY, user });

  assert.deepEqual(decoded(site.lambda.clientContext.custom.netlify).user, user);
});

test("sends no client context where Netlify gives none", async (t) => {
  const site = await Site.start(t);

  await site.call("get", {}, {});

  assert.equal(site.lambda.clientContext, undefined);
});

test("does not pass on the identity that netlify dev makes up without verifying it", async (t) => {
  const site = await Site.start(t);
  const url = "https://netlify-dev-locally-emulated-identity.netlify.app/.netlify/identity";
  const made = { identity: { url, token: "t" }, user: USER };

  await site.call("get", {}, { ...made, custom: { netlify: base64(made) } });

  assert.equal(site.lambda.clientContext, undefined);
});

test("never takes a client context from a header", async (t) => {
  const site = await Site.start(t);
  const headers = { "x-amz-client-context": base64({ custom: { netlify: base64({ user: USER }) } }) };

  await site.call("get", { headers });

  assert.equal(site.lambda.clientContext, undefined);
});

test("sends the largest client context that Lambda takes", async (t) => {
  const site = await Site.start(t);

  await site.call("get", {}, { custom: { netlify: "A".repeat(2660) } });

  assert.equal(site.lambda.request.headers["x-amz-client-context"].length, 3580);
});

test("answers 431, and says what to do, for a client context that is too large", async (t) => {
  const site = await Site.start(t);

  const result = await site.call("get", {}, { custom: { netlify: "A".repeat(2661) } });

  assert.equal(result.statusCode, 431);
  assert.equal(problemOf(result).code, "identity_too_large");
  assert.match(problemOf(result).detail, /Remove some of it, then sign in again/);
  assert.deepEqual(site.lambda.requests, []);
});
