"""What every test stands on."""

import os

# Before any settings are read: tests speak plain HTTP, and serve static files as they are in the tree.
os.environ.update(HTTPS="0", DEBUG="1", DEMO="1", SECRET_KEY="only-for-tests", LOG_LEVEL="WARNING")
