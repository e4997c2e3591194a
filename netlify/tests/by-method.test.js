"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { Site, problemOf } = require("./site");

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
  test(`${method} is answered 405 with Allow`, async (t) => {
    const site = await Site.start(t);

    const result = await site.callByMethod({ httpMethod: method });

    assert.equal(result.statusCode, 405);
    assert.equal(problemOf(result).code, "method_not_allowed");
    assert.equal(result.headers?.allow, "GET, HEAD, POST, PATCH, DELETE");
    assert.deepEqual(site.lambda.requests, []);
  });
}
