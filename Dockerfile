# The plugin as `registry: docker` runs it. It gets no environment and no mounts there:
# credentials come from the metadata service of the machine.
FROM node:20-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY rolldown.config.ts tsconfig.json ./
COPY src src
COPY lab lab
COPY sql sql
RUN npx rolldown --config

FROM node:20-slim
ENV NODE_ENV=production
WORKDIR /plugin
COPY --from=build /build/dist dist
COPY --from=build /build/sql sql
COPY package.json LICENSE ./
USER node
EXPOSE 7777
ENTRYPOINT ["dist/main.js"]
CMD ["serve", "--address", "[::]:7777", "--log-format", "json"]
