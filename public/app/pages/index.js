/** The front page: follows a link from a mail, else shows the board or the sign-in card. */

import { mayBeSignedIn } from "../api/session.js";
import { Problem } from "../problem.js";
import { announce, announceFailure } from "../ui/toast.js";
import { showBoard } from "./board.js";
import { showHeader } from "./header.js";
import { showLocalCloudHint } from "./local-cloud.js";
import { followMailLink, isMailLink, takeMailLink } from "./mail-link.js";
import { takeNotice } from "./navigation.js";
import { showSignIn } from "./sign-in.js";

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

// A link from a mail that is opened in this tab changes only the hash, which loads no page.
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
