"""What gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from restrictions.queries.naming import names_in

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
# Every page is loaded before gunicorn forks: once for all processes, and no visitor waits for it.
_ = get_resolver().url_patterns
# And what a search knows names by, in four languages: the first one would wait a second for it.
names_in("Caveat")
# What is loaded by now stays: looking through it for garbage would hold up a page now and then.
gc.freeze()
