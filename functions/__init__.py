"""One module per deployed function; each ends in `handler`.

A function that starts makes modules and keeps them: whoever looks for garbage among them finds
none, and takes a tenth of the start. So the collector begins with the `application`.
"""

import gc

gc.disable()
