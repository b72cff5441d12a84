# The plugin as `registry: docker` runs it. It gets no environment and no mounts there:
# credentials come from the metadata service of the machine.
#
# The base is pinned by the digest of its index (amd64, arm64 and more). No registry of images was at hand when it was
# written: the digest is the one that several public repositories have pinned for this tag. `scripts/release/image.sh`
# fails where the registry knows no such image, and the update bot proposes newer ones.
# dist/ is the same for every machine, so it is built on the one at hand, and the image's own stage runs nothing.
FROM --platform=$BUILDPLATFORM node:24.21.0-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6 AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
COPY lab/postgres/npm lab/postgres/npm
# The bundler's native part is an optional dependency, so none can be left out here. None ships: dist/ is all that
# leaves this stage, and it needs no node_modules.
RUN npm ci --ignore-scripts
COPY rolldown.plugin.config.ts ./
COPY scripts/shipped scripts/shipped
COPY src src
RUN npx rolldown --config rolldown.plugin.config.ts

FROM node:24.21.0-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6
ENV NODE_ENV=production
WORKDIR /plugin
COPY --from=build /build/dist dist
COPY sql sql
COPY package.json LICENSE ./
USER node
EXPOSE 7777
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s CMD ["dist/main.js", "health", "--address", "localhost:7777"]
ENTRYPOINT ["dist/main.js"]
CMD ["serve", "--network", "tcp", "--address", "0.0.0.0:7777", "--log-format", "json"]
