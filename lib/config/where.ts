/** Where whoever sets Nightshift up gets each thing that boot may miss. */
export const WHERE: Record<string, string> = {
  DATABASE_URL:
    'bin/nightshift migrate prints it: the transaction pooler, as the role nightshift_app (docs/deploy.md, 2)',
  NIGHTSHIFT_HOME: 'a folder of this machine that outlives the process',
  NIGHTSHIFT_URL: 'where this server answers, as people type it',
  SESSION_SECRET: 'openssl rand -hex 32',
  CRON_SECRET: 'openssl rand -hex 32; Vercel sends it to the clocks’ doors',
  CONTROL_TOKEN: 'openssl rand -hex 32; the command line’s NIGHTSHIFT_TOKEN',
  AUTH_SUPABASE_URL: 'Supabase → Nightshift’s own project → Project Settings → Data API (docs/auth.md)',
  AUTH_SUPABASE_KEY: 'Supabase → the same project → API Keys: the publishable one',
  OWNER_EMAIL: 'whose first sign-in makes the owner',
  SUPABASE_READ_TOKEN: 'Supabase → Account → Access Tokens, with two permissions to read (docs/supabase.md)',
  GITLAB_TOKEN: 'GitLab → the project’s Settings → Access tokens (docs/gitlab.md)',
  PLATFORM_URL: 'bin/start sets it; elsewhere the address of the local platform',
  PLATFORM_TOKEN: 'bin/start sets it; elsewhere the platform’s own PLATFORM_TOKEN',
  VERCEL_TOKEN: 'Vercel → Account Settings → Tokens, for the one team',
  VERCEL_TEAM_ID: 'Vercel → Team Settings → General',
  VERCEL_PROJECT_ID: 'Vercel → the project’s Settings → General; sandboxes are billed to it',
  GITHUB_APP_ID: 'GitHub → Settings → Developer settings → GitHub Apps (docs/github.md)',
  GITHUB_PRIVATE_KEY: 'GitHub → the App’s page → Generate a private key',
  SENTRY_ORG: 'Sentry → Settings → Organization Slug',
  SENTRY_TOKEN: 'Sentry → Settings → Custom Integrations → an internal one (docs/sentry.md)',
  SENTRY_CLIENT_SECRET: 'Sentry → the same integration → Credentials',
  SLACK_BOT_TOKEN: 'api.slack.com/apps → from slack-manifest.yml → OAuth & Permissions',
  SLACK_SIGNING_SECRET: 'api.slack.com/apps → Basic Information',
  SLACK_CHANNEL: 'Slack → the channel’s details, at the bottom',
  SENDGRID_API_KEY: 'SendGrid → Settings → API Keys, with Mail Send alone',
  SENDGRID_FROM: 'SendGrid → Settings → Sender Authentication: an address it knows as yours',
  EMAIL_TO: 'who is told; addresses parted by commas',
  ANTHROPIC_API_KEY: 'console.anthropic.com → API Keys',
  OPENAI_API_KEY: 'the provider’s own page of keys',
}

/** What zod says of what is not there. */
const ABSENT = /^Invalid input: expected \w+, received undefined$/

/** `NAME: what is wrong with it` with where to get it, where it is not there at all. Told of a value it says no value. */
export function helpful(line: string, env: Record<string, string | undefined>): string {
  const [, name = '', words = ''] = /^([A-Z][A-Z0-9_]*): ([\s\S]*)$/.exec(line) ?? []
  if (!name || env[name]?.trim()) return line
  const said = ABSENT.test(words) ? 'it is missing' : words
  return WHERE[name] ? `${name}: ${said} (${WHERE[name]})` : `${name}: ${said}`
}
