"use strict";

const assert = require("node:assert/strict");
const { returned } = require("./fake-lambda");
const { problemOf, testBoth } = require("./site");

testBoth("answers what the function gave back", async (site) => {
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

testBoth("keeps every cookie", async (site) => {
  const multiValueHeaders = { "set-cookie": ["a=1", "b=2"], vary: ["origin"] };
  site.lambda.answers = [returned({ statusCode: 303, headers: {}, multiValueHeaders, body: "" })];

  const result = await site.call("authenticate");

  assert.deepEqual(result.multiValueHeaders, { "set-cookie": ["a=1", "b=2"] });
  assert.deepEqual(result.headers, { vary: "origin" });
});

testBoth("takes the repeated form of a header that comes in both", async (site) => {
  const headers = { "Set-Cookie": "b=2" };
  const multiValueHeaders = { "set-cookie": ["a=1", "b=2"] };
  site.lambda.answers = [returned({ statusCode: 200, headers, multiValueHeaders, body: "" })];

  const result = await site.call("login");

  assert.deepEqual(result.multiValueHeaders, { "set-cookie": ["a=1", "b=2"] });
  assert.deepEqual(result.headers, {});
});

testBoth("passes a binary answer back as base64", async (site) => {
  site.lambda.answers = [returned({ statusCode: 200, body: "/wA=", isBase64Encoded: true })];

  const result = await site.call("get");

  assert.equal(result.body, "/wA=");
  assert.equal(result.isBase64Encoded, true);
});

testBoth("leaves the framing of the answer to Netlify", async (site) => {
  const headers = { "Content-Length": 2, "transfer-encoding": "chunked", connection: "close" };
  site.lambda.answers = [returned({ statusCode: 200, headers, body: "ok" })];

  const result = await site.call("get");

  assert.deepEqual(result.headers, {});
});

testBoth("the answer to HEAD has no body", async (site) => {
  const headers = { "content-type": "application/json" };
  site.lambda.answers = [returned({ statusCode: 200, headers, body: "[]" })];

  const result = await site.call("get", { httpMethod: "HEAD" });

  assert.equal(result.body, "");
  assert.deepEqual(result.headers, headers);
});

for (const statusCode of [204, 205, 304]) {
  testBoth(`a ${statusCode} has no body`, async (site) => {
    site.lambda.answers = [returned({ statusCode, body: "null" })];

    const result = await site.call("delete");

    assert.equal(result.statusCode, statusCode);
    assert.equal(result.body, "");
  });
}

testBoth("passes a large answer back whole", async (site) => {
  const body = "é".repeat(2_900_000);
  site.lambda.answers = [returned({ statusCode: 200, body })];

  const result = await site.call("get");

  assert.equal(result.body, body);
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
  testBoth(`answers 502 when the function gave back ${name}`, async (site) => {
    site.lambda.answers = [returned(value)];

    const result = await site.call("get");

    assert.equal(result.statusCode, 502);
    assert.equal(problemOf(result).code, "function_failed");
  });
}

testBoth("answers 502 when the function gave back no JSON", async (site) => {
  site.lambda.answers = [(response) => response.end("<html>")];

  const result = await site.call("get");

  assert.equal(result.statusCode, 502);
  assert.equal(problemOf(result).code, "function_failed");
});
