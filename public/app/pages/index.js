/** The front page: a mail's link, the board, or the sign-in card. */

import { showBoard } from "./board.js";
import { showHeader } from "./header.js";
import { isMailLink, takeMailLink, takeNotice } from "./navigation.js";
import { showLocalCloudHint } from "./local-cloud.js";
import { followMailLink } from "./mail-link.js";
import { Problem } from "../problem.js";
import { mayBeSignedIn } from "../api/session.js";
import { showSignIn } from "./sign-in.js";
import { announce, announceFailure } from "../ui/toast.js";

const notice = takeNotice();
const link = takeMailLink();

if (link) {
  followMailLink(link).catch((error) => {
    showPage();
    announceFailure(error);
  });
} else {
  showPage();
}

// A mail's link opened in this very tab changes the hash and loads nothing.
addEventListener("hashchange", () => isMailLink(location.hash) && location.reload());

function showPage() {
  if (mayBeSignedIn()) {
    showHeader();
    showBoard();
  } else {
    showSignIn();
    showLocalCloudHint();
  }
  if (notice?.failure) announceFailure(new Problem(400, { detail: notice.message }));
  else if (notice) announce(notice.message);
}
