/** Typed access to the elements of a page. Throws when one is missing or has another type. */

/**
 * @template {HTMLElement} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T}
 */
export function find(root, selector, type) {
  const element = root.querySelector(selector);
  if (!(element instanceof type)) throw new Error(`No ${type.name} matches ${selector}`);
  return element;
}

/**
 * A copy of the single element inside a <template>.
 * @param {string} id
 */
export function fromTemplate(id) {
  const { content } = find(document, `#${id}`, HTMLTemplateElement);
  const copy = document.importNode(content, true).firstElementChild;
  if (!(copy instanceof HTMLElement)) throw new Error(`Template ${id} is empty`);
  return copy;
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 * @param {string} text
 */
export function setText(root, selector, text) {
  find(root, selector, HTMLElement).textContent = text;
}

/**
 * Shows an element that the HTML declares as `hidden`.
 * @param {string} id
 */
export function reveal(id) {
  find(document, `#${id}`, HTMLElement).hidden = false;
}
