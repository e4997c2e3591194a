"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { readSettings } = require("../settings");
const { Site, problemOf } = require("./site");

const AWS = {
  LATCHKEY_AWS_REGION: "eu-west-1",
  LATCHKEY_AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
  LATCHKEY_AWS_SECRET_ACCESS_KEY: "hunter2",
  LATCHKEY_FUNCTIONS: '{"get": "latchkey-GetFunction-1A2B"}',
};

test("calls Lambda in the region that is set", () => {
  const settings = readSettings(AWS);

  assert.equal(settings.endpoint.href, "https://lambda.eu-west-1.amazonaws.com/");
  assert.equal(settings.region, "eu-west-1");
});

test("signs with the key that is set", () => {
  const { credentials } = readSettings(AWS);

  assert.deepEqual(credentials, { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "hunter2" });
});

test("calls a function by the name that it has on Lambda", () => {
  assert.equal(readSettings(AWS).lambdaName("get"), "latchkey-GetFunction-1A2B");
});

for (const functions of [AWS.LATCHKEY_FUNCTIONS, "null", "[]", '"create"']) {
  test(`says that LATCHKEY_FUNCTIONS ${functions} has no name for create`, () => {
    const settings = readSettings({ ...AWS, LATCHKEY_FUNCTIONS: functions });

    assert.throws(() => settings.lambdaName("create"), {
      message: "LATCHKEY_FUNCTIONS: create is not set",
    });
  });
}

test("says that LATCHKEY_FUNCTIONS is not JSON", () => {
  assert.throws(() => readSettings({ ...AWS, LATCHKEY_FUNCTIONS: "create=x" }), {
    message: "LATCHKEY_FUNCTIONS is not JSON",
  });
});

test("waits 26 seconds unless told otherwise", () => {
  assert.equal(readSettings(AWS).timeoutMs, 26_000);
});

for (const name of Object.keys(AWS)) {
  test(`names ${name} where it is not set`, () => {
    assert.throws(() => readSettings({ ...AWS, [name]: "" }), { message: `${name} is not set` });
  });
}

for (const seconds of ["0", "-1", "59", "soon", ""]) {
  test(`does not wait '${seconds}' seconds`, () => {
    const environ = { ...AWS, LATCHKEY_TIMEOUT_SECONDS: seconds };

    assert.throws(() => readSettings(environ), /^Error: LATCHKEY_TIMEOUT_SECONDS /);
  });
}

test("leaves what a header says of Identity's user to be verified", () => {
  assert.equal(readSettings(AWS).identityInfo, "verify");
});

test("trusts it where told so", () => {
  const settings = readSettings({ ...AWS, LATCHKEY_IDENTITY_INFO: "trust" });

  assert.equal(settings.identityInfo, "trust");
});

for (const choice of ["", "yes", "TRUST", "ignore"]) {
  test(`does not take '${choice}' for a choice of verify or trust`, () => {
    assert.throws(() => readSettings({ ...AWS, LATCHKEY_IDENTITY_INFO: choice }), {
      message: "LATCHKEY_IDENTITY_INFO is neither verify nor trust",
    });
  });
}

for (const region of ["eu-west-1.example.com/", "EU", "a b"]) {
  test(`takes no host name from the region '${region}'`, () => {
    assert.throws(() => readSettings({ ...AWS, LATCHKEY_AWS_REGION: region }), /LATCHKEY_AWS_REGION/);
  });
}

for (const address of ["http://localhost:3001", "http://127.0.0.1:3001", "http://[::1]:3001"]) {
  test(`calls the local cloud at ${address}, and shows it no real key`, () => {
    const settings = readSettings({ ...AWS, LATCHKEY_LAMBDA_ENDPOINT: address });

    assert.equal(settings.endpoint.origin, address);
    assert.deepEqual(settings.credentials, { accessKeyId: "local", secretAccessKey: "local" });
    assert.equal(settings.lambdaName("get"), "get");
  });
}

for (const address of ["http://192.0.2.1:3001", "https://localhost", "http://a@example.com", "x"]) {
  test(`does not take ${address} for the local cloud`, () => {
    assert.throws(
      () => readSettings({ LATCHKEY_LAMBDA_ENDPOINT: address }),
      /LATCHKEY_LAMBDA_ENDPOINT may only be http on this machine/,
    );
  });
}

test("a missing setting is named in the log and not in the answer", async (t) => {
  const site = await Site.start(t);
  process.env = { ...AWS, LATCHKEY_AWS_REGION: undefined };

  const result = await site.call("get");

  assert.equal(result.statusCode, 500);
  assert.equal(problemOf(result).code, "gateway_failed");
  assert.match(site.log.join(), /LATCHKEY_AWS_REGION is not set/);
  assert.doesNotMatch(JSON.stringify(result), /LATCHKEY/);
  assert.doesNotMatch(site.log.join(), /hunter2/);
});
