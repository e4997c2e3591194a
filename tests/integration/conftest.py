"""What the suites below share: a running cloud, and a database server."""

from tests.support.clouds import cloud as cloud
from tests.support.private_server import server_address as server_address
from tests.support.private_server import server_url as server_url
