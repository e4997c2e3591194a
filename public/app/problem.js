/**
 * What went wrong with a request, with the members of RFC 9457 (problem details). All layers know
 * it: `api` throws it and `ui` shows it.
 *
 * @typedef {{field: string, detail: string}} FieldError `detail` is a whole sentence
 * @typedef {{title?: string, detail?: string, errors?: FieldError[]}} ProblemDetails
 */

export class Problem extends Error {
  /**
   * @param {number} status the HTTP status, or 0 when there was no answer
   * @param {ProblemDetails} details
   */
  constructor(status, details) {
    super(details.detail || details.title || `The server answered ${status}.`);
    this.name = "Problem";
    this.status = status;
    /** @type {FieldError[]} */
    this.fields = details.errors ?? [];
  }

  /** Whether the same request may succeed a little later. */
  get isTemporary() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}
