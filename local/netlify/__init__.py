"""The Netlify face of the local cloud: static files, redirects, functions, client context."""

from local.netlify.app import DEV_PATH, create_app
from local.netlify.client_context import ClientContextBuilder
from local.netlify.site_config import SiteConfig, SiteConfigError, load_site_config

__all__ = [
    "DEV_PATH",
    "ClientContextBuilder",
    "SiteConfig",
    "SiteConfigError",
    "create_app",
    "load_site_config",
]
