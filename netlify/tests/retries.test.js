"use strict";

const assert = require("node:assert/strict");
const { once } = require("node:events");
const { FakeLambda, cutConnection, raised, refused, returned } = require("./fake-lambda");
const { testBoth } = require("./site");

const OK = returned({ statusCode: 200, body: "[]" });

const PASSING = {
  "all copies are busy": refused(429, "TooManyRequestsException"),
  "Lambda is out of order": refused(500, "ServiceException"),
  "the connection breaks": cutConnection,
};

for (const [name, failure] of Object.entries(PASSING)) {
  testBoth(`reads again when ${name}`, async (site) => {
    site.lambda.answers = [failure, OK];

    const result = await site.call("get");

    assert.equal(result.statusCode, 200);
    assert.equal(site.lambda.requests.length, 2);
  });

  testBoth(`does not write again when ${name}`, async (site) => {
    site.lambda.answers = [failure, OK];

    await site.call("create", { httpMethod: "POST" });

    assert.equal(site.lambda.requests.length, 1);
  });

  testBoth(`does not use up a magic link again when ${name}`, async (site) => {
    site.lambda.answers = [failure, OK];

    await site.call("authenticate", { httpMethod: "GET" });

    assert.equal(site.lambda.requests.length, 1);
  });
}

testBoth("gives up reading after the third time", async (site) => {
  site.lambda.answers = [refused(500, "ServiceException")];

  const result = await site.call("get");

  assert.equal(result.statusCode, 503);
  assert.equal(site.lambda.requests.length, 3);
});

testBoth("does not run a failed function again", async (site) => {
  site.lambda.answers = [raised({ errorType: "KeyError", errorMessage: "" }), OK];

  await site.call("get");

  assert.equal(site.lambda.requests.length, 1);
});

testBoth("stops reading again when the time is up", async (site) => {
  process.env.LATCHKEY_TIMEOUT_SECONDS = "0.09";
  site.lambda.answers = [refused(500, "ServiceException")];

  const result = await site.call("get");

  assert.equal(result.statusCode, 504);
  assert.equal(site.lambda.requests.length, 1);
});

testBoth("writes again when nobody was there to take the request", async (site) => {
  const { port } = new URL(site.lambda.url);
  await site.lambda.stop();

  const answer = site.call("create", { httpMethod: "POST" });
  site.lambda.server.listen(Number(port), "127.0.0.1");
  await once(site.lambda.server, "listening");

  assert.equal((await answer).statusCode, 200);
  assert.equal(site.lambda.requests.length, 1);
});

testBoth("answers 503 when nobody comes to take the request", async (site) => {
  const gone = new FakeLambda();
  await gone.start();
  process.env.LATCHKEY_LAMBDA_ENDPOINT = gone.url;
  await gone.stop();

  const result = await site.call("create", { httpMethod: "POST" });

  assert.equal(result.statusCode, 503);
});

testBoth("reads over the connection of the request before", async (site) => {
  await site.call("get");
  await site.call("get");

  const [first, second] = site.lambda.requests;
  assert.equal(first?.port, second?.port);
});

testBoth("writes over a connection of its own, which cannot have died unnoticed", async (site) => {
  await site.call("get");
  await site.call("create", { httpMethod: "POST" });

  const [first, second] = site.lambda.requests;
  assert.notEqual(first?.port, second?.port);
});
