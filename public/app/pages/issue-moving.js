/**
 * Moving an issue to another column: by drag, or with the arrow keys on its status.
 *
 * @typedef {import("../api/issues.js").Status} Status
 * @typedef {import("./issue-row.js").IssueRow} IssueRow
 */

import { STATUSES } from "./board-view.js";

/** @type {IssueRow | null} */
let dragged = null;

/** @param {IssueRow} row of somebody who may change it */
export function letMove(row) {
  const { element } = row;
  element.draggable = true;
  element.dataset.movable = "";
  element.addEventListener("dragstart", (event) => {
    dragged = row;
    element.dataset.dragged = "";
    event.dataTransfer?.setData("text/plain", row.issue.title);
  });
  element.addEventListener("dragend", () => {
    dragged = null;
    delete element.dataset.dragged;
  });
  row.select.setAttribute("aria-describedby", "move-hint");
  row.select.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const status = STATUSES[STATUSES.indexOf(row.issue.status) + step];
    if (status) row.change({ status });
  });
}

/**
 * @param {HTMLElement} column
 * @param {Status} status
 */
export function letDrop(column, status) {
  const leave = () => delete column.dataset.over;
  column.addEventListener("dragover", (event) => {
    if (!dragged || dragged.issue.status === status) return;
    event.preventDefault();
    column.dataset.over = "";
  });
  column.addEventListener("dragleave", (event) => {
    if (!(event.relatedTarget instanceof Node && column.contains(event.relatedTarget))) leave();
  });
  column.addEventListener("drop", (event) => {
    event.preventDefault();
    leave();
    dragged?.change({ status });
  });
}
