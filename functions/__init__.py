"""One module per deployed function; each ends in `handler`."""

from shared import start
from shared.settings.settings import settings

start.begin()
if not (settings().has_stytch or settings().database_url.is_local):
    start.import_without_rsa("pymysql", *(["jwt"] if settings().netlify_identity_secret else []))
elif not settings().netlify_identity_secret:
    start.delay_certificates()
