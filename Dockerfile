# The site's image: web server, worker and timetable are the same image with another command.

FROM python:3.11-slim-bookworm AS build
WORKDIR /site
# Everything, Node included, to build style sheets, scripts and catalogues. None of it reaches the last stage.
COPY requirements/all.txt requirements/
RUN python -m venv /opt/build && /opt/build/bin/pip install --no-cache-dir --require-hashes --requirement requirements/all.txt
COPY requirements/site.txt requirements/
RUN python -m venv /opt/site && /opt/site/bin/pip install --no-cache-dir --require-hashes --requirement requirements/site.txt
COPY . .
RUN /opt/build/bin/python -m supervision.frontend \
    && /opt/build/bin/python -m supervision.frontend.messages --compile \
    && FUND_HOME=/tmp/build /opt/site/bin/python manage.py collectstatic --no-input --verbosity 0 \
    && rm -rf node_modules tests benchmarks

FROM python:3.11-slim-bookworm AS site
RUN useradd --system --uid 10001 --user-group --home-dir /home/fund --create-home fund \
    && install --directory --owner fund --group fund --mode 0750 /var/lib/fund /var/lib/vault
COPY --from=build /opt/site /opt/site
COPY --from=build /site /site
WORKDIR /site
ENV PATH=/opt/site/bin:$PATH PYTHONUNBUFFERED=1 FUND_HOME=/var/lib/fund
USER 10001
VOLUME /var/lib/fund
EXPOSE 8000
CMD ["gunicorn", "supervision.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket", "--log-level", "error"]

# The same with Spark and Java: a worker that hands pages to a cluster, and the cluster itself (docs/scale-out.md).
FROM site AS spark
USER root
RUN mkdir -p /usr/share/man/man1 && apt-get -qq update \
    && apt-get -qq install --yes --no-install-recommends openjdk-17-jre-headless && rm -rf /var/lib/apt/lists/*
COPY requirements/spark.txt requirements/
RUN /opt/site/bin/pip install --no-cache-dir --require-hashes --requirement requirements/spark.txt
ENV SPARK_HOME=/opt/site/lib/python3.11/site-packages/pyspark
USER 10001

FROM site
