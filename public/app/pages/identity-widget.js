/**
 * The official Netlify Identity widget, where a site has chosen to serve it: put its file into the
 * published folder and name it in `<meta name="identity-widget" content="/netlify-identity-widget.js">`.
 *
 * @typedef {{on(event: "login" | "logout", then: () => void): void, open(): void}} IdentityWidget
 */

import { find } from "../ui/dom.js";
import { leaveFor } from "./navigation.js";

export function offerWidget() {
  const path = find(document, "meta[name=identity-widget]", HTMLMetaElement).content;
  if (!path) return;
  // On localhost the widget asks for the site's address unless it finds it here when it starts.
  localStorage.setItem("netlifySiteURL", location.origin);
  const script = document.createElement("script");
  script.src = path;
  script.addEventListener("load", showButton);
  document.head.append(script);
}

function showButton() {
  const widget = /** @type {{netlifyIdentity?: IdentityWidget}} */ (window).netlifyIdentity;
  if (!widget) return;
  widget.on("login", () => leaveFor("/"));
  const button = find(document, "#widget-button", HTMLButtonElement);
  button.hidden = false;
  button.addEventListener("click", () => widget.open());
}
