# Nightshift's server and workers: the same image, another command. Nothing secret is in it or asked for while it is built.
FROM node:24-bookworm-slim AS build
WORKDIR /nightshift
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
ENV NEXT_TELEMETRY_DISABLED=1
RUN npx next build && rm -rf .next/cache

FROM node:24-bookworm-slim AS packages
WORKDIR /nightshift
COPY package.json package-lock.json ./
# Left out as well: what only a build needs, and the PostgreSQL and the Node that `bin/start` brings along.
RUN npm ci --ignore-scripts --no-audit --no-fund --omit=dev --omit=optional

FROM node:24-bookworm-slim
# git keeps the code, bubblewrap and util-linux shut untrusted code in.
RUN apt-get update \
  && apt-get install -y --no-install-recommends bubblewrap ca-certificates git util-linux \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --system --uid 10001 --create-home --home-dir /home/nightshift nightshift \
  && install -d -o nightshift -g nightshift -m 0700 /state
WORKDIR /nightshift
COPY --from=packages /nightshift/node_modules ./node_modules
COPY --from=build /nightshift/.next ./.next
COPY package.json next.config.mjs tsconfig.json instrumentation.ts proxy.ts ./
COPY agents ./agents
COPY app ./app
COPY cli ./cli
COPY components ./components
COPY examples ./examples
COPY lib ./lib
COPY supabase ./supabase
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 NIGHTSHIFT_HOME=/state TOOLCHAIN=/usr/local
USER nightshift
VOLUME /state
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/api/health/live').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "node_modules/next/dist/bin/next", "start", "-p", "3000"]
