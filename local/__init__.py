"""The local cloud: what Netlify, AWS and Stytch are to Latchkey, on one machine, offline."""
