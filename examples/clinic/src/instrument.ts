import * as Sentry from '@sentry/node'

const { SENTRY_DSN, SENTRY_RELEASE, SENTRY_ENVIRONMENT } = process.env

/** Loaded before everything else (`node --import`), so that the SDK is there when node:http is. No DSN: switched off. */
Sentry.init({
  dsn: SENTRY_DSN,
  enabled: Boolean(SENTRY_DSN),
  release: SENTRY_RELEASE,
  environment: SENTRY_ENVIRONMENT,
  // Request headers and bodies come with an error; whoever receives them has to redact them.
  sendDefaultPii: true,
})
