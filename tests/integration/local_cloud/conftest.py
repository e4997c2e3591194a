from tests.support.clouds import cloud as cloud
from tests.support.clouds import start_cloud as start_cloud
