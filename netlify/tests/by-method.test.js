"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { Site, testBoth } = require("./site");

const FUNCTION_OF_METHOD = {
  GET: "get",
  HEAD: "get",
  POST: "create",
  PATCH: "update",
  DELETE: "delete",
};

for (const [method, name] of Object.entries(FUNCTION_OF_METHOD)) {
  testBoth(`${method} goes to ${name}`, async (site) => {
    await site.callByMethod({ httpMethod: method });

    assert.equal(site.lambda.request.url, `/2015-03-31/functions/${name}/invocations`);
  });

  testBoth(`a preflight for ${method} goes to ${name}`, async (site) => {
    const headers = { "access-control-request-method": method };

    await site.callByMethod({ httpMethod: "OPTIONS", headers });

    assert.equal(site.lambda.request.url, `/2015-03-31/functions/${name}/invocations`);
  });
}

for (const method of ["PUT", "OPTIONS", "constructor"]) {
  testBoth(`${method} goes to get, which knows what the resource allows`, async (site) => {
    await site.callByMethod({ httpMethod: method });

    assert.equal(site.lambda.request.url, "/2015-03-31/functions/get/invocations");
  });
}

// A web Request takes no TRACE, and makes GET of get.
for (const method of ["TRACE", "get"]) {
  test(`v1 ${method} goes to get, which knows what the resource allows`, async (t) => {
    const site = await Site.start(t);

    await site.callByMethod({ httpMethod: method });

    assert.equal(site.lambda.request.url, "/2015-03-31/functions/get/invocations");
  });
}
