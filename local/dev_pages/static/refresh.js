/** Takes parts of a page anew from the server, which writes all of the HTML. */

/**
 * Replaces the parts that tell of one of these topics (`data-live`) by those of a fresh page. Where
 * the focus is, and what is open, stays so: elements keep their ids.
 * @param {(topics: string[]) => boolean} isStale
 */
export async function refresh(isStale) {
  const stale = liveParts(document).filter((part) => isStale(topicsOf(part)));
  if (!stale.length) return;
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  replaceParts(stale, new DOMParser().parseFromString(await answer.text(), "text/html"));
}

/**
 * @param {HTMLElement[]} parts
 * @param {Document} fresh
 */
function replaceParts(parts, fresh) {
  const focused = document.activeElement?.id;
  for (const part of parts) {
    const successor = fresh.getElementById(part.id);
    if (!successor || successor.outerHTML === part.outerHTML) continue;
    keepChoices(part, successor);
    part.replaceWith(document.adoptNode(successor));
  }
  if (focused && document.activeElement?.id !== focused) {
    document.getElementById(focused)?.focus({ preventScroll: true });
  }
}

/**
 * What was typed, chosen or opened, and has not been sent yet, is not in the fresh page.
 * @param {HTMLElement} part
 * @param {HTMLElement} successor
 */
function keepChoices(part, successor) {
  for (const old of part.querySelectorAll("input[id], select[id], details[id]")) {
    const fresh = successor.querySelector(`[id="${CSS.escape(old.id)}"]`);
    if (old instanceof HTMLDetailsElement && fresh instanceof HTMLDetailsElement) {
      fresh.open = old.open;
    } else if (isField(old) && isField(fresh)) {
      fresh.value = old.value;
    }
  }
}

/**
 * @param {Element | null} element
 * @returns {element is HTMLInputElement | HTMLSelectElement}
 */
function isField(element) {
  return element instanceof HTMLInputElement || element instanceof HTMLSelectElement;
}

/** @param {ParentNode} root */
function liveParts(root) {
  return [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-live]"))];
}

/** @param {HTMLElement} part */
function topicsOf(part) {
  return (part.dataset.live ?? "").split(" ");
}
