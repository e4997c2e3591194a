"""One module per deployed function; each ends in `handler`."""

from shared import start
from shared.settings.settings import settings

start.begin()
# Stytch signs with RSA, and a password is encrypted with it where no TLS does.
if not (settings().has_stytch or settings().database_url.is_local):
    start.import_without_rsa("pymysql", *(["jwt"] if settings().netlify_identity_secret else []))
