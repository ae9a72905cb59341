import { setTimeout as delay } from 'node:timers/promises'
import type { CodeChoice } from '../domain/codeChoice.ts'
import type { DeployChoice } from '../domain/deployChoice.ts'
import { type Area, type Finding, ill, type Look, noted, well } from '../domain/finding.ts'
import type { ModelChoice } from '../domain/modelChoice.ts'
import type { NotifyChoice } from '../domain/notifyChoice.ts'
import type { Project } from '../domain/project.ts'
import { isFault } from '../errors.ts'
import type { CodeReader, DeployReader, Sandbox } from '../world.ts'
import { clockFinding } from './clock.http.ts'
import { vercelFindings } from './deploy.vercel.ts'
import { emailFindings } from './email/findings.ts'
import { doors, knock } from './knock.http.ts'
import { modelFindings } from './model/findings.ts'
import { sentryFindings } from './sentry/findings.ts'
import type { SupabaseAccess } from './supabase/api.ts'
import { supabaseFindings } from './supabase/examine.ts'
import { knownHosts } from './vercel/hosts.ts'

/** What was chosen, as far as somebody looks at it. */
export interface Chosen {
  url: string
  code: CodeChoice
  deploy: DeployChoice
  model: ModelChoice | null
  sentry: { url: string; org: string; token: string; writeToken: string | null; clientSecret: string } | null
  supabase: SupabaseAccess | null
  notify: NotifyChoice
}

/** One thing to look at: whose it is, and how. A port that comes adds its own here. */
type Examination = [area: Area, look: () => Promise<Finding[]>]

/** Looked at only where it was chosen. */
const where = <T>(chosen: T | null | false, area: Area, look: (one: T) => Promise<Finding[]>): Examination[] =>
  chosen === null || chosen === false ? [] : [[area, () => look(chosen)]]

/** Of the whole installation: the same for every project. */
export function ofInstallation(chosen: Chosen, sandbox: Sandbox): Examination[] {
  const { url, code, deploy, model, sentry, notify } = chosen
  const github = code.kind === 'github' ? code : null
  const vercel = deploy.kind === 'vercel' ? deploy : null
  const knocks = [
    github?.webhookSecret && doors.github(github.webhookSecret),
    vercel?.webhookSecret && doors.vercelHook(vercel.webhookSecret),
    vercel?.drainSecret && doors.vercelDrain(vercel.drainSecret),
    sentry && doors.sentry(sentry.clientSecret),
    notify.slack && doors.slack(notify.slack.signingSecret),
  ]
  const clocks: [string, string | undefined][] = [
    ['GitHub', github?.apiUrl],
    ['Vercel', vercel?.url],
    ['Sentry', sentry?.url],
    ['Slack', notify.slack?.url],
  ]
  return [
    ['sandbox', () => sandboxFindings(sandbox)],
    ['model', () => modelFindings(model)],
    ...knocks.flatMap((door) => where(door || null, 'doors', async (one) => [await knock(url, one)])),
    ...where(github?.webhookSecret === null, 'doors', async () => [UNHEARD]),
    ...clocks.flatMap(([name, address]) =>
      where(address ?? null, 'clock', async (one) => [await clockFinding(name, one)]),
    ),
  ]
}

const UNHEARD = noted(
  'GitHub’s webhooks',
  'GITHUB_WEBHOOK_SECRET is not set: what happens there is seen when the clock next looks',
  'Set it to the secret of the App’s webhook.',
)

export interface Ports {
  code(): CodeReader
  deploy(): DeployReader
}

/** Of one project: whether what its settings name is there. */
export function ofProject(
  { code, deploy, sentry, supabase, notify }: Chosen,
  ports: Ports,
  project: Project,
): Examination[] {
  const { slackChannel, emailTo } = project.settings.notify ?? {}
  const watched = project.settings.supabase
  // The SDKs of GitHub and Slack are large, so each is loaded when it is first used.
  return [
    ...where(code.kind === 'github' && code, 'code', async (github) =>
      (await import('./github/findings.ts')).githubFindings(github, project),
    ),
    ['code', async () => branchFindings(ports.code(), project)],
    ['deploy', async () => (deploy.kind === 'vercel' ? atVercel(deploy, project) : atPlatform(ports.deploy()))],
    ...where(sentry, 'sources', (access) => sentryFindings(access, project)),
    ...where(supabase && watched ? { supabase, watched } : null, 'sources', (both) =>
      supabaseFindings(both.supabase, both.watched.ref),
    ),
    ...where(notify.slack, 'notify', async (slack) =>
      (await import('./slack/findings.ts')).slackFindings(slack, slackChannel ?? slack.channel),
    ),
    ...where(notify.email, 'notify', (email) => emailFindings(email, emailTo)),
  ]
}

function atVercel(access: Extract<DeployChoice, { kind: 'vercel' }>, project: Project): Promise<Finding[]> {
  const { bypassSecret: bypass, webhookSecret: webhook, drainSecret: drain } = access
  const given = { bypass: bypass !== null, webhook: webhook !== null, drain: drain !== null }
  return vercelFindings({ access, hosts: knownHosts(null) }, project, given)
}

async function atPlatform(deploy: DeployReader): Promise<Finding[]> {
  const serving = await deploy.serving('production')
  return [
    serving
      ? well('host', `production serves ${serving.sha.slice(0, 7)}`)
      : noted('host', 'it answers, and serves nothing yet'),
  ]
}

/** Wherever the code is: both branches have to be there, since releases go over one to the other. */
async function branchFindings(code: CodeReader, { settings }: Project): Promise<Finding[]> {
  const { production, staging } = settings.branches
  const look = async (branch: string) => {
    const head = await code.head(branch)
    return head
      ? well(`branch ${branch}`, `it is at ${head.slice(0, 7)}`)
      : ill(`branch ${branch}`, 'there is none', 'Make it, or name another one in the settings.')
  }
  return Promise.all([look(production), look(staging)])
}

async function sandboxFindings(sandbox: Sandbox): Promise<Finding[]> {
  const test = await sandbox.selfTest()
  const { length } = test.probes
  return [
    test.ok ? well('sandbox', `it holds (${test.boundary}; ${length} probes)`) : ill('sandbox', test.why, test.remedy),
  ]
}

const PATIENCE_MS = 15_000

/** Looks at everything at once. Whoever cannot be asked, or takes too long, is a finding too. */
export async function looked(all: Examination[], project: string | null): Promise<Look[]> {
  const found = all.map(async ([area, look]): Promise<Look[]> => {
    const slow = delay(PATIENCE_MS, [noted(area, `it took longer than ${PATIENCE_MS / 1000} s`)], { ref: false })
    const findings = await Promise.race([look().catch((error: unknown) => [failed(area, error)]), slow])
    return findings.map((finding) => ({ ...finding, area, project }))
  })
  return (await Promise.all(found)).flat()
}

/** What nobody foresaw is named by its kind alone: its words may hold anything. */
const failed = (area: Area, error: unknown): Finding =>
  isFault(error)
    ? ill(area, error.message, error.remedy)
    : noted(
        area,
        `it could not be looked at (${error instanceof Error ? error.name : 'unknown'})`,
        'See the log of the server.',
      )
