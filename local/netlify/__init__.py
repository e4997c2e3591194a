"""An emulator of Netlify's edge: static files, redirects, functions, client context."""

from local.netlify.app import create_app
from local.netlify.client_context import ClientContextBuilder, SiteIdentity
from local.netlify.identity_events import HOOKS as IDENTITY_HOOKS
from local.netlify.policy_reports import PolicyReports
from local.netlify.site_config import SiteConfig, SiteConfigError, load_site_config

__all__ = [
    "IDENTITY_HOOKS",
    "ClientContextBuilder",
    "PolicyReports",
    "SiteConfig",
    "SiteConfigError",
    "SiteIdentity",
    "create_app",
    "load_site_config",
]
