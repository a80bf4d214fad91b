# Reppu in one container: the app, its API and its database file.
#
#     docker build -t reppu . && docker run -p 3000:3000 -v reppu:/data -e ORIGIN=http://localhost:3000 reppu
#
# This file has not been run on the machine where it was written. What it calls (npm ci --ignore-scripts, npm run build, the server and
# its probe) has the same names there; the image itself is untested until somebody builds it.

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build
# Over those that need the sources: import, export, backup and others as files of their own.
RUN node scripts/bundle-commands.js scripts

# The build carries the code of every package it uses: node_modules stays behind.
FROM node:24-slim
ENV NODE_ENV=production \
	HOST=0.0.0.0 \
	PORT=3000 \
	DATABASE_URL=/data/reppu.db
WORKDIR /app
# Owned by root: the server can read its own code and cannot change it. It writes to /data only.
COPY --from=build /app/package.json ./
COPY --from=build /app/scripts ./scripts
COPY --from=build /app/build ./build
RUN install -d -o node -g node -m 700 /data
USER node
VOLUME /data
EXPOSE 3000
# A 200 from something else is not health: the body says who answers.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
	CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then((r) => r.json()).then((b) => process.exit(b.status === 'ok' ? 0 : 1), () => process.exit(1))"]
CMD ["node", "scripts/serve.js"]
