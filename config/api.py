"""The API under `/api/v1/`: the routers of the record's door, and how all of it says problems."""

from ninja import NinjaAPI

from restrictions.api import intake
from restrictions.api.problems import says_problems

# Its own pages of documentation load scripts from elsewhere, which the site's policy forbids.
api = NinjaAPI(title="Caveat", version="1", urls_namespace="api", docs_url=None)
api.add_router("", intake.router)
says_problems(api)
