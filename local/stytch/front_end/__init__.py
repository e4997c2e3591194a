"""The front-end API, `/sdk/v1`: what Stytch's SDK calls from a page, with a public token.

Its calls change the same users, links and sessions as the API of the servers. Sources: the released
package `@stytch/vanilla-js` and its repository, stytchauth/stytch-browser.
"""
