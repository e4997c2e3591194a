from tests.support.clouds import start_cloud as start_cloud
