# One image for every process: web, worker, ticker, beat, migrate, backup. What may enter it is in .dockerignore.
FROM python:3.11-slim-bookworm AS packages
WORKDIR /build
COPY requirements.txt ./
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

FROM python:3.11-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 WEB_HOST=0.0.0.0 STATIC_ROOT=/srv/static
RUN useradd --system --uid 10001 --home-dir /srv --shell /usr/sbin/nologin tumorboard \
 && install -d -o tumorboard -m 0700 /srv/files /srv/seals
COPY --from=packages /opt/venv /opt/venv
WORKDIR /srv/tumorboard
COPY manage.py pyproject.toml ./
COPY tumorboard ./tumorboard
COPY cases ./cases
COPY templates ./templates
COPY static ./static
# The static files are part of the image; nothing secret is needed to gather them.
RUN DEBUG=true HASHED_STATIC=true DATABASE_URL=postgres://nobody@127.0.0.1/none REDIS_URL=redis://127.0.0.1 \
    python manage.py collectstatic --noinput -v0
USER tumorboard
EXPOSE 8000
CMD ["gunicorn", "--config", "python:tumorboard.gunicorn_conf", "tumorboard.wsgi"]
