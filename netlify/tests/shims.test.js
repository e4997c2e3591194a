"use strict";

const assert = require("node:assert/strict");
const { readdirSync } = require("node:fs");
const { test } = require("node:test");
const { Site } = require("./site");

const NAMES = readdirSync(`${__dirname}/../../functions`)
  .filter((file) => /^[a-z].*\.py$/.test(file))
  .map((file) => file.replace(".py", ""));
const EVENTS = ["identity-validate", "identity-signup", "identity-login"];
const EVENT = { httpMethod: "PATCH", path: "/", rawUrl: "https://site.example/", headers: {} };

test("there is one shim for each function, one for /api, and those of Identity's events", () => {
  const files = readdirSync(`${__dirname}/../functions`);

  const shims = ["api", ...EVENTS, ...NAMES].map((name) => `${name}.js`);
  assert.deepEqual(files.sort(), ["identity-changes.mjs", ...shims].sort());
});

for (const name of EVENTS) {
  test(`the shim ${name} sends the event to the function webhook, and says what it is`, async (t) => {
    const site = await Site.start(t);
    const { handler } = require(`../functions/${name}`);

    await handler({ ...EVENT, httpMethod: "POST", body: '{"event": "login"}' }, {});

    assert.equal(site.lambda.request.url, "/2015-03-31/functions/webhook/invocations");
    assert.equal(site.lambda.event.path, "/.netlify/functions/webhook/webhooks/identity");
    assert.equal(site.lambda.event.body, '{"event": "login"}');
    assert.deepEqual(site.lambda.clientContext, { custom: { identity_event: "request" } });
  });
}

for (const name of NAMES) {
  test(`the shim ${name} calls the function ${name}`, async (t) => {
    const site = await Site.start(t);
    const { handler } = require(`../functions/${name}`);

    await handler(EVENT, {});

    assert.equal(site.lambda.request.url, `/2015-03-31/functions/${name}/invocations`);
  });
}

test("the shim api chooses the function by the method", async (t) => {
  const site = await Site.start(t);
  const { handler } = require("../functions/api");

  await handler(EVENT, {});

  assert.equal(site.lambda.request.url, "/2015-03-31/functions/update/invocations");
});
