/** Server-sent events: what has changed in the local cloud, and whether it still runs. */

import { refresh } from "./refresh.js";
import { say } from "./say.js";

const PAUSE_MS = 200; // many changes at once are one refresh

/** @type {Set<string>} */
const waiting = new Set();
let timer = 0;

export function followChanges() {
  const source = new EventSource("/_dev/events");
  let wasLost = false;
  source.addEventListener("message", ({ data }) => plan(data));
  source.addEventListener("error", () => {
    wasLost = true;
    say("The local cloud does not answer. This page looks for it.", "failure");
  });
  source.addEventListener("open", () => {
    if (!wasLost) return;
    wasLost = false;
    say("The local cloud answers again.");
    refresh(() => true);
  });
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}

/** @param {string} topic */
function plan(topic) {
  waiting.add(topic);
  timer ||= setTimeout(() => {
    const topics = new Set(waiting);
    waiting.clear();
    timer = 0;
    refresh((told) => told.some((one) => topics.has(one)));
  }, PAUSE_MS);
}
