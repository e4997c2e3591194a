/** Stytch's tutorial: a session JWT (RS256), by the library that Stytch's SDK uses, and MySQL. */

import { createLocalJWKSet, jwtVerify } from "jose";
import { handlerFor, person } from "./job.mjs";

const SESSION = "https://stytch.com/session";
const project = process.env.STYTCH_PROJECT_ID;
const keys = createLocalJWKSet(JSON.parse(process.env.STYTCH_JWKS));
const rules = { algorithms: ["RS256"], audience: project, issuer: `stytch.com/${project}` };

export const handler = handlerFor(async (token) => {
  const { payload: claims } = await jwtVerify(token, keys, rules);
  const session = claims[SESSION];
  const email = session.authentication_factors[0].email_factor.email_address;
  return person("stytch", claims.sub, email, claims.name, session.roles);
});
