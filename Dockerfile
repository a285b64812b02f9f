# syntax=docker/dockerfile:1
# The worker of production (`tocsin worker`), `tocsin gateway` and `tocsin watch`, in one image. Debian and not Alpine: the SDK's core is
# a library for glibc.

FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY worker/package.json ./worker/
# Install scripts are left out: every package brings its binaries with it.
RUN npm ci --omit=dev --ignore-scripts
COPY . .
# The workflow code as one sealed file, so that a worker starts at once and as it was tested.
RUN npm run build

FROM node:22-bookworm-slim
# TLS to Temporal Cloud and to providers needs the public CAs.
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build --chown=root:root /app/package.json ./
COPY --from=build --chown=root:root /app/node_modules ./node_modules
COPY --from=build --chown=root:root /app/dist ./dist
# The sources stay beside what was built of them: a bundle of other sources is refused.
COPY --from=build --chown=root:root /app/workflows ./workflows
COPY --from=build --chown=root:root /app/client/tocsin.js /app/client/compiled.js ./client/
# What pages look like is no code.
COPY --from=build --chown=root:root /app/activities/channels/presets ./activities/channels/presets
COPY --from=build --chown=root:root /app/activities/texts/layouts ./activities/texts/layouts
COPY --from=build --chown=root:root /app/examples ./examples
# The only place where it may write; what it keeps there can be made again.
RUN mkdir /var/lib/tocsin && chown node:node /var/lib/tocsin
ENV NODE_ENV=production \
    TOCSIN_DATA=/var/lib/tocsin/tocsin.db \
    TOCSIN_CONFIG=/etc/tocsin \
    TOCSIN_HTTP_HOST=0.0.0.0
# Nothing else in the image is this user's to change.
USER node
EXPOSE 8080
# For Docker; Kubernetes asks /readyz and /healthz itself. A watch has no such port: turn it off there (--no-healthcheck).
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.TOCSIN_HTTP_PORT || 8080) + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is the first process, so that SIGTERM reaches it and pages on their way are finished.
ENTRYPOINT ["node", "client/tocsin.js"]
CMD ["worker"]
