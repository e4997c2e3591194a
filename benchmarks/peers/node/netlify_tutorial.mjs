/** Netlify's tutorial: an Identity token (HS256), and MySQL. */

import jwt from "jsonwebtoken";
import { handlerFor, person } from "./job.mjs";

const secret = process.env.NETLIFY_IDENTITY_SECRET;

export const handler = handlerFor((token) => {
  const claims = jwt.verify(token, secret, { algorithms: ["HS256"] });
  const { full_name: name } = claims.user_metadata;
  return person("netlify", claims.sub, claims.email, name, claims.app_metadata.roles);
});
