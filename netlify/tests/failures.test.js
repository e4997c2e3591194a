"use strict";

const assert = require("node:assert/strict");
const { cutConnection, raised, refused, silence } = require("./fake-lambda");
const { problemOf, testBoth } = require("./site");

/** @type {{ name: string, answer: import("./fake-lambda").Answer, status: number, code: string }[]} */
const FAILURES = [
  {
    name: "all copies of the function are busy",
    answer: refused(429, "TooManyRequestsException"),
    status: 429,
    code: "too_many_requests",
  },
  {
    name: "Lambda finds the event too large",
    answer: refused(413, "RequestTooLargeException"),
    status: 413,
    code: "body_too_large",
  },
  {
    name: "the key may not call the function",
    answer: refused(403, "AccessDeniedException"),
    status: 502,
    code: "function_refused",
  },
  {
    name: "the signature is wrong",
    answer: refused(403, "InvalidSignatureException"),
    status: 502,
    code: "function_refused",
  },
  {
    name: "there is no such function",
    answer: refused(404, "ResourceNotFoundException"),
    status: 502,
    code: "function_refused",
  },
  {
    name: "Lambda cannot read the request",
    answer: refused(400, "InvalidRequestContentException"),
    status: 502,
    code: "function_refused",
  },
  {
    name: "Lambda is out of order",
    answer: refused(500, "ServiceException"),
    status: 503,
    code: "function_unavailable",
  },
  {
    name: "something in between answers with a page",
    answer: (response) => response.writeHead(502).end("<html>Bad Gateway</html>"),
    status: 503,
    code: "function_unavailable",
  },
  {
    name: "the connection breaks",
    answer: cutConnection,
    status: 503,
    code: "function_unavailable",
  },
  {
    name: "the function raises",
    answer: raised({ errorType: "KeyError", errorMessage: "'secret'" }),
    status: 502,
    code: "function_failed",
  },
  {
    name: "the function's process ends",
    answer: raised({ errorType: "Runtime.ExitError", errorMessage: "RequestId: 1 Error: exit 1" }),
    status: 502,
    code: "function_failed",
  },
  {
    name: "the function runs into its own timeout",
    answer: raised({ errorMessage: "2026-11-21T10:00:00.000Z 1 Task timed out after 10.01 seconds" }),
    status: 504,
    code: "function_timed_out",
  },
  {
    name: "the function's sandbox runs into its timeout",
    answer: raised({ errorType: "Sandbox.Timedout", errorMessage: "RequestId: 1 Error" }),
    status: 504,
    code: "function_timed_out",
  },
];

for (const { name, answer, status, code } of FAILURES) {
  testBoth(`answers ${status} ${code} when ${name}`, async (site) => {
    site.lambda.answers = [answer];

    const result = await site.call("create", { httpMethod: "POST" });

    assert.equal(result.statusCode, status);
    assert.equal(problemOf(result).code, code);
  });
}

testBoth("answers 504 when Lambda does not answer in time", async (site) => {
  process.env.LATCHKEY_TIMEOUT_SECONDS = "0.05";
  site.lambda.answers = [silence];

  const result = await site.call("create", { httpMethod: "POST" });

  assert.equal(result.statusCode, 504);
  assert.equal(problemOf(result).code, "function_timed_out");
});

testBoth("answers 504 when Lambda begins an answer and never ends it", async (site) => {
  process.env.LATCHKEY_TIMEOUT_SECONDS = "0.2";
  site.lambda.answers = [(response) => response.writeHead(200).write("{")];

  const result = await site.call("create", { httpMethod: "POST" });

  assert.equal(result.statusCode, 504);
});

testBoth("a problem has every member of the others in the bundle", async (site) => {
  site.lambda.answers = [refused(404, "ResourceNotFoundException")];

  const result = await site.call("get", { headers: { "x-nf-request-id": "01ABC" } });

  assert.deepEqual(problemOf(result), {
    type: "about:blank",
    status: 502,
    title: "Bad Gateway",
    detail: "The site may not call the function, or there is none; its log says why.",
    code: "function_refused",
    request_id: "01ABC",
  });
  assert.equal(result.headers?.["content-type"], "application/problem+json");
  assert.equal(result.headers?.["cache-control"], "no-store");
});

testBoth("a problem has a request id even where Netlify gives none", async (site) => {
  site.lambda.answers = [refused(404, "ResourceNotFoundException")];

  const result = await site.call("get");

  assert.match(problemOf(result).request_id, /^[0-9a-f-]{36}$/);
});

for (const status of [429, 503]) {
  testBoth(`says with ${status} when to try again`, async (site) => {
    site.lambda.answers = [refused(status, "Exception")];

    const result = await site.call("create", { httpMethod: "POST" });

    assert.equal(result.headers?.["retry-after"], "1");
  });
}

testBoth("a problem in answer to HEAD has no body", async (site) => {
  site.lambda.answers = [refused(404, "ResourceNotFoundException")];

  const result = await site.call("get", { httpMethod: "HEAD" });

  assert.equal(result.statusCode, 502);
  assert.equal(result.body, "");
});

testBoth("tells the log what Lambda said, and the caller nothing of it", async (site) => {
  site.lambda.answers = [refused(403, "AccessDeniedException")];

  const result = await site.call("get", { headers: { "x-nf-request-id": "01ABC" } });

  const [line = ""] = site.log;
  assert.equal(JSON.parse(line).request_id, "01ABC");
  assert.match(JSON.parse(line).cause, /403, AccessDeniedException: about AccessDeniedException/);
  assert.doesNotMatch(JSON.stringify(result), /AccessDenied/);
});

testBoth("leaves what a function raised to the function's own log, and names where to look", async (site) => {
  site.lambda.answers = [raised({ errorType: "KeyError", errorMessage: "'hunter2'" })];

  const result = await site.call("get");

  assert.match(site.log.join(), /KeyError, Lambda request lambda-1/);
  assert.doesNotMatch(site.log.join() + JSON.stringify(result), /hunter2/);
});
