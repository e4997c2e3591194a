/** Forms that run one submit at a time and show each field error below its field. */

import { Problem } from "../problem.js";
import { find } from "./dom.js";
import { explain, sentencesOf } from "./explain.js";

/**
 * @typedef {(values: Record<string, string>, form: HTMLFormElement) => Promise<void>} SubmitHandler
 */

/**
 * Calls `handle` with the form's values. A submit is ignored while an earlier one still runs; what
 * an earlier one was refused for is gone once somebody types.
 * @param {string} id
 * @param {SubmitHandler} handle
 */
export function handleSubmit(id, handle) {
  const form = find(document, `#${id}`, HTMLFormElement);
  form.addEventListener("input", () => clearProblems(form));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    clearProblems(form);
    form.ariaBusy = "true";
    try {
      await handle(valuesOf(form), form);
    } catch (error) {
      showProblem(form, error);
    } finally {
      form.ariaBusy = "false";
    }
  });
}

/**
 * The values without white space around them; passwords stay as typed.
 * @param {HTMLFormElement} form
 */
function valuesOf(form) {
  /** @type {Record<string, string>} */
  const values = {};
  for (const [name, value] of new FormData(form)) {
    values[name] = name === "password" ? String(value) : String(value).trim();
  }
  return values;
}

/**
 * @param {HTMLFormElement} form
 * @param {unknown} error
 */
function showProblem(form, error) {
  const fields = error instanceof Problem ? error.errors : [];
  const notInForm = fields.filter((field) => !showBelow(form, field));
  const message = fields.length ? sentencesOf(notInForm) : explain(error);
  find(form, "[data-form-error]", HTMLElement).textContent = message;
  const invalid = form.querySelector("[aria-invalid]");
  if (invalid instanceof HTMLElement) invalid.focus();
}

/**
 * The message stands after the label, not inside it: a label is the name of its field.
 * @param {HTMLFormElement} form
 * @param {import("../problem.js").FieldError} field
 * @returns {boolean} whether the form has such a field
 */
function showBelow(form, { field, detail }) {
  const input = form.elements.namedItem(field);
  if (!(input instanceof HTMLInputElement)) return false;
  const message = document.createElement("p");
  message.className = "field-error";
  message.id = `${form.id}-${field}-error`;
  message.textContent = detail;
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", message.id);
  (input.closest("label") ?? input).after(message);
  return true;
}

/** @param {HTMLFormElement} form */
function clearProblems(form) {
  find(form, "[data-form-error]", HTMLElement).textContent = "";
  for (const message of form.querySelectorAll(".field-error")) message.remove();
  for (const input of form.querySelectorAll("[aria-invalid]")) {
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  }
}
