/**
 * `node runtime.mjs MODULE`: what Lambda's Node runtime does between its API and a handler.
 * Source: AWS Lambda Developer Guide, "Using the Lambda runtime API for custom runtimes".
 */

const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation`;
const { handler } = await import(`./${process.argv[2]}.mjs`);

for (;;) {
  const next = await fetch(`${api}/next`);
  const awsRequestId = next.headers.get("lambda-runtime-aws-request-id");
  const answer = await handler(await next.json(), { awsRequestId });
  await fetch(`${api}/${awsRequestId}/response`, { method: "POST", body: JSON.stringify(answer) });
}
