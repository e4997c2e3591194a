/** The front page: follows a link from a mail, else shows the board or the sign-in card. */

import { mayBeSignedIn } from "../api/session.js";
import { Problem } from "../problem.js";
import { explain } from "../ui/explain.js";
import { announce, announceFailure } from "../ui/toast.js";
import { showBoard } from "./board.js";
import { showHeader } from "./header.js";
import { showLocalCloudHint } from "./local-cloud.js";
import { followMailLink, isMailLink, takeMailLink } from "./mail-link.js";
import { takeNotice } from "./navigation.js";
import { showNotice, showSignIn } from "./sign-in.js";

const notice = takeNotice();
const link = takeMailLink();

if (link) {
  followMailLink(link).catch((error) => {
    showPage({ message: explain(error), failure: true });
  });
} else {
  showPage(notice);
}

// A link from a mail that is opened in this tab changes only the hash, which loads no page.
addEventListener("hashchange", () => isMailLink(location.hash) && location.reload());

/** @param {import("./navigation.js").Notice | null} notice */
function showPage(notice) {
  if (mayBeSignedIn()) showSignedIn(notice);
  else showSignedOut(notice);
}

/** @param {import("./navigation.js").Notice | null} notice */
function showSignedIn(notice) {
  showHeader();
  showBoard();
  if (notice?.failure) announceFailure(new Problem(400, { detail: notice.message }));
  else if (notice) announce(notice.message);
}

/** @param {import("./navigation.js").Notice | null} notice */
function showSignedOut(notice) {
  showSignIn();
  if (notice) showNotice(notice);
  showLocalCloudHint();
}
