/**
 * `node timed_calls.mjs FILE`: counted_calls.py for Node, without counts. FILE is JSON: `scenarios`
 * (`name`, `module`, `event`) with `warm_up` and `calls`; each scenario gets the last `answer` and the
 * processor time of a call in `milliseconds`.
 */

import { readFileSync, writeFileSync } from "node:fs";

const [file] = process.argv.slice(2);
const task = JSON.parse(readFileSync(file, "utf8"));
const context = { awsRequestId: "8d2bd1f4-9b1e-4a8a-9c77-0e8f7b5b7c11" };

for (const scenario of task.scenarios) {
  const { handler } = await import(`./${scenario.module}.mjs`);
  await callAgain(task.warm_up, handler, scenario);
  const begun = process.cpuUsage();
  await callAgain(task.calls, handler, scenario);
  const { user, system } = process.cpuUsage(begun);
  scenario.milliseconds = (user + system) / 1000 / task.calls;
}
writeFileSync(file, JSON.stringify(task));
process.exit();

async function callAgain(times, handler, scenario) {
  for (let call = 0; call < times; call++) {
    scenario.answer = await handler(scenario.event, context);
  }
}
