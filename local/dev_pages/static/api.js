/** Shows the description of the API in Swagger UI, whose own script sets `SwaggerUIBundle`. */

const ui = /** @type {any} */ (globalThis).SwaggerUIBundle({
  url: "/_dev/openapi.yaml",
  dom_id: "#swagger-ui",
  deepLinking: true,
  showExtensions: true, // x-function, x-also-at: where else an operation answers
  tryItOutEnabled: true,
  validatorUrl: null, // else it asks a service on the internet
  onComplete: useIdentitySession,
});

/**
 * Fills in the access token of who is signed in to the web app with Netlify Identity, from where
 * gotrue-js keeps it. The cookies of a Stytch session need no help: the browser sends them.
 */
function useIdentitySession() {
  const token = JSON.parse(localStorage.getItem("gotrue.user") ?? "null")?.token;
  if (token?.expires_at > Date.now()) ui.preauthorizeApiKey("bearer", token.access_token);
}
