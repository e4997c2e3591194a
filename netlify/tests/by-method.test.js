"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { Site } = require("./site");

const FUNCTION_OF_METHOD = {
  GET: "get",
  HEAD: "get",
  POST: "create",
  PATCH: "update",
  DELETE: "delete",
};

for (const [method, name] of Object.entries(FUNCTION_OF_METHOD)) {
  test(`${method} goes to ${name}`, async (t) => {
    const site = await Site.start(t);

    await site.callByMethod({ httpMethod: method });

    assert.equal(site.lambda.request.url, `/2015-03-31/functions/${name}/invocations`);
  });

  test(`a preflight for ${method} goes to ${name}`, async (t) => {
    const site = await Site.start(t);
    const headers = { "access-control-request-method": method };

    await site.callByMethod({ httpMethod: "OPTIONS", headers });

    assert.equal(site.lambda.request.url, `/2015-03-31/functions/${name}/invocations`);
  });
}

for (const method of ["PUT", "TRACE", "OPTIONS", "get", "constructor"]) {
  test(`${method} goes to get, which knows what the resource allows`, async (t) => {
    const site = await Site.start(t);

    await site.callByMethod({ httpMethod: method });

    assert.equal(site.lambda.request.url, "/2015-03-31/functions/get/invocations");
  });
}
