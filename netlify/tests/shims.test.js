"use strict";

const assert = require("node:assert/strict");
const { readdirSync } = require("node:fs");
const { test } = require("node:test");
const { Site } = require("./site");

const NAMES = readdirSync(`${__dirname}/../../functions`)
  .filter((file) => /^[a-z].*\.py$/.test(file))
  .map((file) => file.replace(".py", ""));
const EVENTS = ["identity-validate", "identity-signup", "identity-login"];
const URL = "https://site.example/";
const EVENT = { httpMethod: "PATCH", path: "/", rawUrl: URL, headers: {} };

/** @typedef {(name: string) => Promise<unknown>} CallShim */

/** @type {{ folder: string, extension: string, callShim: CallShim }[]} */
const FORMS = [
  {
    folder: "functions",
    extension: "js",
    callShim: (name) => require(`../functions/${name}`).handler(EVENT, {}),
  },
  {
    folder: "functions-v2",
    extension: "mjs",
    callShim: async (name) => {
      const shim = await import(`../functions-v2/${name}.mjs`);
      return shim.default(new Request(URL, { method: "PATCH" }));
    },
  },
];

for (const { folder, extension, callShim } of FORMS) {
  test(`${folder} has one shim for each function, one for /api, and those of events`, async () => {
    const files = readdirSync(`${__dirname}/../${folder}`);

    const shims = ["api", ...NAMES].map((name) => `${name}.${extension}`);
    const events = [...EVENTS.map((name) => `${name}.js`), "identity-changes.mjs"];
    assert.deepEqual(files.sort(), [...shims, ...events].sort());
  });

  for (const name of EVENTS) {
    test(`${folder}/${name} sends the event to webhook, and says what it is`, async (t) => {
      const site = await Site.start(t);
      const { handler } = require(`../${folder}/${name}`);

      await handler({ ...EVENT, httpMethod: "POST", body: '{"event": "login"}' }, {});

      assert.equal(site.lambda.request.url, "/2015-03-31/functions/webhook/invocations");
      assert.equal(site.lambda.event.path, "/.netlify/functions/webhook/webhooks/identity");
      assert.equal(site.lambda.event.body, '{"event": "login"}');
      assert.deepEqual(site.lambda.clientContext, { custom: { identity_event: "request" } });
    });
  }

  for (const name of NAMES) {
    test(`${folder}/${name} calls the function ${name}`, async (t) => {
      const site = await Site.start(t);

      await callShim(name);

      assert.equal(site.lambda.request.url, `/2015-03-31/functions/${name}/invocations`);
    });
  }

  test(`${folder}/api chooses the function by the method`, async (t) => {
    const site = await Site.start(t);

    await callShim("api");

    assert.equal(site.lambda.request.url, "/2015-03-31/functions/update/invocations");
  });
}
