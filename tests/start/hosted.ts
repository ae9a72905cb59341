import { generateKeyPairSync } from 'node:crypto'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** A whole environment of a hosted installation, with credentials that open nothing. */
export const HOSTED = {
  WORLD: 'hosted',
  DATABASE_URL: 'postgres://nightshift_app:x@127.0.0.1:6543/postgres',
  NIGHTSHIFT_URL: 'https://nightshift.example.com',
  SESSION_SECRET: 'session'.repeat(8),
  CRON_SECRET: 'clock'.repeat(8),
  CONTROL_TOKEN: 'control'.repeat(8),
  VERCEL_TOKEN: 'token-of-vercel',
  VERCEL_TEAM_ID: 'team_acme',
  VERCEL_PROJECT_ID: 'prj_sandboxes',
  GITHUB_APP_ID: '4711',
  GITHUB_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  SENTRY_ORG: 'acme',
  SENTRY_TOKEN: 'reader-token-of-acme',
  SENTRY_WRITE_TOKEN: 'writer-token-of-acme',
  SENTRY_CLIENT_SECRET: 'the secret of the integration',
  SLACK_BOT_TOKEN: 'xoxb-not-a-real-one',
  SLACK_SIGNING_SECRET: 'signing-secret-of-slack',
  SLACK_CHANNEL: 'C0123ABCD',
  SENDGRID_API_KEY: 'SG.not-a-real-one',
  SENDGRID_FROM: 'nightshift@example.com',
  EMAIL_TO: 'team@example.com',
  ...{ AUTH_SUPABASE_URL: 'https://abcdefghijklmnopqrst.supabase.co', AUTH_SUPABASE_KEY: 'sb_publishable_x' },
  ...{ OWNER_EMAIL: 'ada@example.com', SUPABASE_READ_TOKEN: 'sbp_reads_logs_only' },
}
