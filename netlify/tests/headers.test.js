"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { Site, testBoth } = require("./site");

const SPOOFED = [
  "X-Nf-Identity-Info",
  "x-nf-account-id",
  "x-amz-client-context",
  "x-amzn-trace-id",
  "forwarded",
  "x-forwarded-host",
  "x-forwarded-port",
  "connection",
  "transfer-encoding",
];

for (const name of SPOOFED) {
  testBoth(`does not pass on ${name}`, async (site) => {
    await site.call("get", { headers: { [name]: "v" }, multiValueHeaders: { [name]: ["v"] } });

    assert.deepEqual(site.lambda.event.headers, {});
    assert.deepEqual(site.lambda.event.multiValueHeaders, {});
  });
}

testBoth("passes on what Netlify's edge says of the connection", async (site) => {
  const headers = {
    "x-forwarded-for": "192.0.2.1",
    "x-forwarded-proto": "https",
    "x-nf-client-connection-ip": "192.0.2.1",
    "x-nf-request-id": "01ABC",
  };

  await site.call("get", { headers });

  assert.deepEqual(site.lambda.event.headers, headers);
});

testBoth("passes on credentials", async (site) => {
  const headers = { authorization: "Bearer t", cookie: "stytch_session=s" };

  await site.call("get", { headers });

  assert.deepEqual(site.lambda.event.headers, headers);
});

testBoth("writes header names in lower case", async (site) => {
  await site.call("get", { headers: { "Content-Type": "text/plain" } });

  assert.deepEqual(site.lambda.event.headers, { "content-type": "text/plain" });
});

test("leaves out the nulls that the CLI puts among the values", async (t) => {
  const site = await Site.start(t);

  await site.call("get", { headers: { a: null }, multiValueHeaders: { a: [null], b: ["1", "2"] } });

  assert.deepEqual(site.lambda.event.headers, {});
  assert.deepEqual(site.lambda.event.multiValueHeaders, { a: [], b: ["1", "2"] });
});
