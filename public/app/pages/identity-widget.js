/**
 * A button for the official Netlify Identity widget. A site that wants it puts the widget's file
 * into `public/` and names it in
 * `<meta name="identity-widget" content="/netlify-identity-widget.js">`.
 *
 * @typedef {{on(event: "login" | "logout", then: () => void): void, open(): void}} IdentityWidget
 */

import { find } from "../ui/dom.js";
import { goToPage } from "./navigation.js";

export function showWidgetButton() {
  const path = find(document, "meta[name=identity-widget]", HTMLMetaElement).content;
  if (!path) return;
  // On localhost the widget asks for the site's address unless it finds it under this key.
  localStorage.setItem("netlifySiteURL", location.origin);
  const script = document.createElement("script");
  script.src = path;
  script.addEventListener("load", connectButton);
  document.head.append(script);
}

function connectButton() {
  const widget = /** @type {{netlifyIdentity?: IdentityWidget}} */ (window).netlifyIdentity;
  if (!widget) return;
  widget.on("login", () => goToPage("/"));
  const button = find(document, "#widget-button", HTMLButtonElement);
  button.hidden = false;
  button.addEventListener("click", () => widget.open());
}
