"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { Sha256 } = require("@aws-crypto/sha256-js");
const { SignatureV4 } = require("@smithy/signature-v4");
const { invoke } = require("../lambda");
const { readSettings } = require("../settings");
const { Site, testBoth } = require("./site");

/**
 * The Authorization header that AWS's own signer gives the request.
 *
 * @param {import("./fake-lambda").SeenRequest} request
 */
async function signatureByAws({ method, url: path, headers, body }) {
  const signed = ["content-length", "content-type", "host", "x-amz-client-context", "x-amz-date"];
  const signer = new SignatureV4({
    service: "lambda",
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    sha256: Sha256,
    applyChecksum: false,
  });
  const date = headers["x-amz-date"].replace(/(....)(..)(..T..)(..)(..)/, "$1-$2-$3:$4:$5");
  const named = Object.fromEntries(
    signed.filter((name) => name in headers).map((name) => [name, headers[name]]),
  );
  const request = { method, path, headers: named, body, protocol: "http:", hostname: "127.0.0.1" };
  const { headers: answer } = await signer.sign(request, { signingDate: new Date(date) });
  return answer["authorization"];
}

testBoth("calls the function of its name", async (site) => {
  await site.call("create");

  assert.equal(site.lambda.request.method, "POST");
  assert.equal(site.lambda.request.url, "/2015-03-31/functions/create/invocations");
});

test("signs as AWS's own signer does", async (t) => {
  const site = await Site.start(t);

  await site.call("create", { body: '{"title": "é"}' }, { identity: { url: "u", token: "t" } });

  const { request } = site.lambda;
  assert.equal(request.headers.authorization, await signatureByAws(request));
});

test("signs the path of an ARN as AWS's own signer does", async (t) => {
  const site = await Site.start(t);
  const functionName = "arn:aws:lambda:us-east-1:123456789012:function:latchkey-GetFunction-1";

  await invoke(readSettings(process.env), {
    functionName,
    payload: "{}",
    clientContext: undefined,
    repeatable: false,
  });

  const { request } = site.lambda;
  const name = encodeURIComponent(functionName);
  assert.equal(request.url, `/2015-03-31/functions/${name}/invocations`);
  assert.equal(request.headers.authorization, await signatureByAws(request));
});

testBoth("passes on what the function needs of the event, and nothing else", async (site) => {
  const request = {
    httpMethod: "POST",
    path: "/api/issues",
    rawUrl: "https://site.example/api/issues?a=1&a=2",
    rawQuery: "a=1&a=2",
    headers: { "content-type": "application/json" },
    multiValueHeaders: { "content-type": ["application/json"] },
    queryStringParameters: { a: "1, 2" },
    multiValueQueryStringParameters: { a: ["1", "2"] },
    body: '{"title": "é"}',
    isBase64Encoded: false,
  };

  await site.call("create", { ...request, ...{ blobs: "secret of the site", route: null } });

  assert.deepEqual(site.lambda.event, request);
});

testBoth("passes a binary body on as base64", async (site) => {
  await site.call("create", { httpMethod: "POST", body: "/wA=", isBase64Encoded: true });

  assert.equal(site.lambda.event.body, "/wA=");
  assert.equal(site.lambda.event.isBase64Encoded, true);
});

testBoth("passes a text on byte by byte", async (site) => {
  const body = '\ufeff{"title": "é\\u0000 \u{1f600}"}\r\n';

  await site.call("create", { httpMethod: "POST", body });

  assert.equal(site.lambda.event.body, body);
  assert.equal(site.lambda.event.isBase64Encoded, false);
});

testBoth("a request without a body is not base64, whatever the CLI says", async (site) => {
  await site.call("get", { isBase64Encoded: true });

  assert.equal(site.lambda.event.body, null);
  assert.equal(site.lambda.event.isBase64Encoded, false);
});

testBoth("does not send an event that Lambda would not take", async (site) => {
  const body = "x".repeat(6 * 1024 * 1024);

  const result = await site.call("create", { httpMethod: "POST", body });

  assert.equal(result.statusCode, 413);
  assert.deepEqual(site.lambda.requests, []);
});
