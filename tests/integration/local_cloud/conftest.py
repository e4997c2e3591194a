from tests.cloud.fixtures import cloud as cloud
from tests.cloud.fixtures import start_cloud as start_cloud
