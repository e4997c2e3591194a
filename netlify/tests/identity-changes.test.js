"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { returned } = require("./fake-lambda");
const { Site } = require("./site");

const USER = { id: "3f0c1d52-6f0e-4c0a-9d5c-2b1e8a7f6d43", email: "ada@example.com" };

/** @returns {Promise<Record<string, (event: { user: { id: string } }) => Promise<void>>>} */
async function handlers() {
  return (await import("../functions/identity-changes.mjs")).default;
}

/** @param {any} clientContext */
function identityOf(clientContext) {
  return JSON.parse(Buffer.from(clientContext.custom.netlify, "base64").toString()).identity;
}

test("a deleted user is passed on by id, as an event of Identity", async (t) => {
  const site = await Site.start(t);

  await (await handlers()).userDeleted?.({ user: USER });

  const event = { event: "userdeleted", user: { id: USER.id } };
  assert.equal(site.lambda.request.url, "/2015-03-31/functions/webhook/invocations");
  assert.deepEqual(JSON.parse(site.lambda.event.body), event);
  assert.equal(site.lambda.event.path, "/.netlify/functions/webhook/webhooks/identity");
});

test("the operator's token is passed on, with this site's own address", async (t) => {
  const site = await Site.start(t);
  process.env.URL = "https://site.example";
  const forged = { url: "https://elsewhere.example", token: "operator" };
  Object.assign(globalThis, { netlifyIdentityContext: forged });
  t.after(() => Object.assign(globalThis, { netlifyIdentityContext: undefined }));

  await (await handlers()).userModified?.({ user: USER });

  const identity = { url: "https://site.example/.netlify/identity", token: "operator" };
  assert.deepEqual(identityOf(site.lambda.clientContext), identity);
  assert.equal(/** @type {any} */ (site.lambda.clientContext).custom.identity_event, "hint");
});

test("what the function does not answer with 200 is thrown, so that it comes again", async (t) => {
  const site = await Site.start(t);
  site.lambda.answers = [returned({ statusCode: 503, body: "{}" })];

  await assert.rejects(async () => (await handlers()).userDeleted?.({ user: USER }), /503/);
});
