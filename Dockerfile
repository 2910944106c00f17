# The program as one image: the same for web, worker, beat and migrations. See docs/operations.md.
# Base images are pinned by tag. No registry could be asked for digests where this was written: add `@sha256:…` to each
# tag once you have pulled it. For the same reason this file was never built there; what it runs was run without an engine.

FROM node:22.22.2-bookworm-slim AS node

FROM python:3.11.15-slim-bookworm AS build
# npm fetches Plotly's basic bundle. Where it cannot, scripts/fetch_plotly.py takes the whole script out of the wheel.
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /opt/caveat
COPY requirements.txt requirements-installer.txt ./
COPY scripts/install.sh scripts/
# Every package by its hash.
RUN python -m venv .venv \
    && sh scripts/install.sh requirements.txt \
    && .venv/bin/python -m pip uninstall --yes --quiet uv
COPY scripts/fetch_plotly.py scripts/
COPY static static
RUN .venv/bin/python scripts/fetch_plotly.py
COPY manage.py ./
COPY config config
COPY dashboard dashboard
COPY locale locale
COPY restrictions restrictions
COPY templates templates
RUN .venv/bin/python -m babel.messages.frontend --quiet compile --directory locale --domain django
# Under names with their hash; ours and Plotly's are packed with brotli too.
RUN .venv/bin/python manage.py collectstatic --noinput --verbosity 0
# The last RUN that needs pip is over; the root file system will be read-only, so bytecode is written now.
RUN .venv/bin/python -m compileall -q config dashboard restrictions \
    && .venv/bin/python -m pip uninstall --yes --quiet pip \
    && rm -r scripts requirements.txt requirements-installer.txt

FROM python:3.11.15-slim-bookworm
RUN groupadd --system --gid 10001 caveat \
    && useradd --system --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin caveat
WORKDIR /opt/caveat
COPY --from=build /opt/caveat /opt/caveat
ENV PATH=/opt/caveat/.venv/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--worker-class", "gthread", "--threads", "4", "--timeout", "60", "--graceful-timeout", "20", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--preload"]
