import type { EmulatedGithub } from '../github/server.ts'
import type { EmulatedSendGrid } from '../sendgrid.ts'
import type { EmulatedSentry } from '../sentry.ts'
import type { EmulatedSlack } from '../slack.ts'
import { ADA, type EmulatedAuth } from '../supabase/auth.ts'
import type { EmulatedSupabase } from '../supabase/management.ts'
import type { EmulatedVercel } from '../vercel/start.ts'
import type { EmulatedSandboxes } from '../vercelSandbox.ts'

/** What Nightshift is told about each emulated service: its settings, by their names. */

type Settings = Record<string, string>

/** What the emulated host looks for at an address before it sends requests there. */
export const DRAIN_CODE = 'code-of-the-emulated-drain'

export const ofGithub = ({ url, service }: EmulatedGithub, webhookSecret: string): Settings => ({
  GITHUB_API_URL: url,
  GITHUB_APP_ID: String(service.tokens.appId),
  GITHUB_PRIVATE_KEY: service.tokens.privateKey,
  GITHUB_WEBHOOK_SECRET: webhookSecret,
})

export const ofVercel = (
  { url, token, settings }: EmulatedVercel,
  secrets: { webhook: string; drain: string },
): Settings => ({
  VERCEL_API_URL: url,
  VERCEL_TOKEN: token,
  VERCEL_TEAM_ID: settings.teamId,
  VERCEL_BYPASS_SECRET: settings.bypassSecret,
  VERCEL_WEBHOOK_SECRET: secrets.webhook,
  VERCEL_DRAIN_SECRET: secrets.drain,
  VERCEL_DRAIN_VERIFY: DRAIN_CODE,
})

export function ofSentry({ url, org, tokens }: EmulatedSentry, clientSecret: string): Settings {
  const named = (scope: 'event:write' | 'org:read') =>
    Object.keys(tokens).find((token) => tokens[token]!.includes(scope)) ?? ''
  return {
    SENTRY_BASE_URL: url,
    SENTRY_ORG: org,
    SENTRY_TOKEN: named('org:read'),
    SENTRY_WRITE_TOKEN: named('event:write'),
    SENTRY_CLIENT_SECRET: clientSecret,
  }
}

export const ofSlack = ({ url, token, channel, signingSecret }: EmulatedSlack): Settings => ({
  SLACK_API_URL: url,
  SLACK_BOT_TOKEN: token,
  SLACK_CHANNEL: channel,
  SLACK_SIGNING_SECRET: signingSecret,
})

export const ofMail = ({ url, key }: EmulatedSendGrid): Settings => ({
  SENDGRID_API_URL: url,
  SENDGRID_API_KEY: key,
  SENDGRID_FROM: 'nightshift@acme.example',
  EMAIL_TO: 'team@acme.example',
})

/** A token that reads logs and advisors, and nothing else. */
export function ofSupabase({ url, tokens }: EmulatedSupabase): Settings {
  const reads = Object.keys(tokens).find((token) => tokens[token] !== 'all') ?? ''
  return { SUPABASE_API_URL: url, SUPABASE_READ_TOKEN: reads }
}

/** The login is the account's, as for deploying. */
export const ofMachines = ({ url, token, teamId, projectId }: EmulatedSandboxes): Settings => ({
  VERCEL_SANDBOX_URL: url,
  VERCEL_TOKEN: token,
  VERCEL_TEAM_ID: teamId,
  VERCEL_PROJECT_ID: projectId,
})

export const ofAccounts = ({ url, key }: EmulatedAuth): Settings => ({
  AUTH_SUPABASE_URL: url,
  AUTH_SUPABASE_KEY: key,
  OWNER_EMAIL: ADA,
})
