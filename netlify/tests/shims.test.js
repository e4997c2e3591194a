"use strict";

const assert = require("node:assert/strict");
const { readdirSync } = require("node:fs");
const { test } = require("node:test");
const { Site } = require("./site");

const NAMES = readdirSync(`${__dirname}/../../functions`)
  .filter((file) => /^[a-z].*\.py$/.test(file))
  .map((file) => file.replace(".py", ""));
const EVENT = { httpMethod: "PATCH", path: "/", rawUrl: "https://site.example/", headers: {} };

test("there is one shim for each function, and one for /api", () => {
  const files = readdirSync(`${__dirname}/../functions`);

  assert.deepEqual(files.sort(), ["api", ...NAMES].map((name) => `${name}.js`).sort());
});

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
