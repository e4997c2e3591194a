"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { returned } = require("./fake-lambda");
const { Site, problemOf } = require("./site");

test("answers what the function gave back", async (t) => {
  const site = await Site.start(t);
  const headers = { "content-type": "application/json", location: "/issues/1" };
  site.lambda.answers = [returned({ statusCode: 201, headers, body: '{"é": 1}' })];

  const result = await site.call("create");

  assert.deepEqual(result, {
    statusCode: 201,
    headers,
    multiValueHeaders: {},
    body: '{"é": 1}',
    isBase64Encoded: false,
  });
});

test("keeps every cookie", async (t) => {
  const site = await Site.start(t);
  const multiValueHeaders = { "set-cookie": ["a=1", "b=2"], vary: ["origin"] };
  site.lambda.answers = [returned({ statusCode: 303, headers: {}, multiValueHeaders, body: "" })];

  const result = await site.call("authenticate");

  assert.deepEqual(result.multiValueHeaders, { "set-cookie": ["a=1", "b=2"] });
  assert.deepEqual(result.headers, { vary: "origin" });
});

test("takes the repeated form of a header that comes in both", async (t) => {
  const site = await Site.start(t);
  const headers = { "Set-Cookie": "b=2" };
  const multiValueHeaders = { "set-cookie": ["a=1", "b=2"] };
  site.lambda.answers = [returned({ statusCode: 200, headers, multiValueHeaders, body: "" })];

  const result = await site.call("login");

  assert.deepEqual(result.multiValueHeaders, { "set-cookie": ["a=1", "b=2"] });
  assert.deepEqual(result.headers, {});
});

test("passes a binary answer back as base64", async (t) => {
  const site = await Site.start(t);
  site.lambda.answers = [returned({ statusCode: 200, body: "/wA=", isBase64Encoded: true })];

  const result = await site.call("get");

  assert.equal(result.body, "/wA=");
  assert.equal(result.isBase64Encoded, true);
});

test("leaves the framing of the answer to Netlify", async (t) => {
  const site = await Site.start(t);
  const headers = { "Content-Length": 2, "transfer-encoding": "chunked", connection: "close" };
  site.lambda.answers = [returned({ statusCode: 200, headers, body: "ok" })];

  const result = await site.call("get");

  assert.deepEqual(result.headers, {});
});

test("the answer to HEAD has no body", async (t) => {
  const site = await Site.start(t);
  const headers = { "content-type": "application/json" };
  site.lambda.answers = [returned({ statusCode: 200, headers, body: "[]" })];

  const result = await site.call("get", { httpMethod: "HEAD" });

  assert.equal(result.body, "");
  assert.deepEqual(result.headers, headers);
});

test("a 204 has no body", async (t) => {
  const site = await Site.start(t);
  site.lambda.answers = [returned({ statusCode: 204, body: "null" })];

  const result = await site.call("delete");

  assert.equal(result.body, "");
});

const UNUSABLE = {
  null: null,
  "a string": "hello",
  "a list": [],
  "no status": { body: "x" },
  "a status in words": { statusCode: "200" },
  "a status that is none": { statusCode: 99 },
  "a body that is no text": { statusCode: 200, body: { a: 1 } },
  "a header with a line break": { statusCode: 200, headers: { a: "b\r\nset-cookie: c=1" } },
  "a header name with a space": { statusCode: 200, headers: { "a b": "c" } },
  "repeated values that are no list": { statusCode: 200, multiValueHeaders: { a: "b" } },
};

for (const [name, value] of Object.entries(UNUSABLE)) {
  test(`answers 502 when the function gave back ${name}`, async (t) => {
    const site = await Site.start(t);
    site.lambda.answers = [returned(value)];

    const result = await site.call("get");

    assert.equal(result.statusCode, 502);
    assert.equal(problemOf(result).code, "function_failed");
  });
}

test("answers 502 when the function gave back no JSON", async (t) => {
  const site = await Site.start(t);
  site.lambda.answers = [(response) => response.end("<html>")];

  const result = await site.call("get");

  assert.equal(result.statusCode, 502);
  assert.equal(problemOf(result).code, "function_failed");
});
