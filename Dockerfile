# The plugin as `registry: docker` runs it. It gets no environment and no mounts there:
# credentials come from the metadata service of the machine.
FROM node:24-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
# The bundler's native part is an optional dependency, so none can be left out here. None ships: dist/ is all that
# leaves this stage, and it needs no node_modules.
RUN npm ci --ignore-scripts
COPY rolldown.plugin.config.ts ./
COPY scripts/shipped scripts/shipped
COPY src src
RUN npx rolldown --config rolldown.plugin.config.ts

FROM node:24-slim
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
