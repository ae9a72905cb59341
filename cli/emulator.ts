import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { emulateGithub } from '../emulators/github/server.ts'
import { firstDeploy } from '../emulators/hosted/firstDeploy.ts'
import { openIngest } from '../emulators/hosted/ingest.ts'
import {
  DRAIN_CODE,
  ofAccounts,
  ofGithub,
  ofMail,
  ofSentry,
  ofSlack,
  ofSupabase,
  ofVercel,
} from '../emulators/hosted/settings.ts'
import { emulateSendGrid } from '../emulators/sendgrid.ts'
import { emulateSentry } from '../emulators/sentry.ts'
import { emulateSlack } from '../emulators/slack.ts'
import { servesSite, startSupabaseAuth } from '../emulators/supabase/auth.ts'
import { emulateSupabase } from '../emulators/supabase/management.ts'
import { startVercel } from '../emulators/vercel/start.ts'
import { buildClinic } from '../examples/history/build.ts'
import { git } from '../examples/history/git.ts'
import { inWords } from './disk.ts'
import { newParts, type Parts } from './parts.ts'
import { freePort } from './ports.ts'
import { stopOnSignal } from './signals.ts'
import { startPlatform } from './stack/platform.ts'
import { platformApi } from './stack/platformApi.ts'
import { toolchain } from './toolchain.ts'

const HELP = `npm run emulator -- <name> starts one emulated service and prints what Nightshift is told about it.

  github      a repository behind GitHub's API, as acme/<app>; --repository names one on this machine
  vercel      a project that really builds and serves that repository's commits, main and staging at once
  sentry      an organization with one project, and the host its SDK sends to
  supabase    logs and advisors of a project
  accounts    people of a project who sign in
  slack       a workspace
  sendgrid    the mail API

  --app <name>          of the repository and the projects (clinic)
  --site <address>      where Nightshift answers (http://localhost:3000)
  --repository <path>   a bare repository; a copy of the sample's otherwise

What it was told is lost when it ends. Ctrl-C ends it.`

interface Asked {
  app: string
  /** Path of a bare repository. */
  repository(): Promise<string>
  folder: string
  /** Where Nightshift answers. */
  site: string
  parts: Parts
}

/** Lines of what was started: settings by their names, then what else there is to know. */
interface Started {
  settings: Record<string, string>
  further: string[]
}

/** Batches of a drain. */
const DRAIN_MS = 1000
const secret = () => randomBytes(24).toString('hex')

const EMULATORS: Record<string, (asked: Asked) => Promise<Started>> = {
  async github({ app, repository, parts, site }) {
    const github = await emulateGithub()
    const hook = secret()
    parts.add('GitHub', github.close)
    github.service.host(`acme/${app}`, await repository())
    github.service.tokens.install('acme', [`acme/${app}`])
    github.service.hooks.subscribe(`${site}/api/webhooks/github`, hook)
    return { settings: { CODE: 'github', ...ofGithub(github, hook) }, further: [`repository: acme/${app}`] }
  },
  async vercel({ app, repository, folder, parts }) {
    const checkout = resolve(import.meta.dirname, '..')
    const tools = await toolchain(folder)
    const port = await freePort()
    const platform = await startPlatform({ checkout, home: folder, port, token: secret(), toolchain: tools }, parts)
    const target = async () => ({ port: await freePort(), env: {} })
    const code = await repository()
    await platformApi(platform, app).put(code, { production: await target(), staging: await target() })
    const vercel = await startVercel(
      { ...platform, app },
      { name: app, bypassSecret: secret(), verifyCode: DRAIN_CODE },
    )
    parts.add('Vercel', vercel.close)
    // An app that somebody is to look after is there already.
    for (const [where, ref] of [['staging', 'staging'] as const, ['production', 'main'] as const])
      await firstDeploy(vercel, where, { ref, sha: git(code, ['rev-parse', `refs/heads/${ref}`]) })
    const flushing = setInterval(() => void vercel.drains.flush(), DRAIN_MS)
    parts.add('its drains', async () => clearInterval(flushing))
    const { domains, settings } = vercel
    return {
      settings: { DEPLOY: 'vercel', ...ofVercel(vercel, { webhook: secret(), drain: secret() }) },
      further: [
        `project: ${settings.projectId}, linked to repository ${settings.repoId}`,
        `domains: ${domains.production} for production, ${domains.staging} for staging`,
      ],
    }
  },
  async sentry({ app, parts, site }) {
    const sentry = await emulateSentry()
    const ingest = await openIngest(sentry)
    parts.add('Sentry', sentry.close)
    parts.add('the host events are sent to', ingest.close)
    sentry.store.repositories.add(`acme/${app}`)
    const hook = secret()
    ingest.alert(`${site}/api/webhooks/sentry`, hook)
    return {
      settings: { SOURCES: 'sdk,sentry', ...ofSentry(sentry, hook) },
      further: [`project: ${app}`, `DSN: ${ingest.dsn(app)}`],
    }
  },
  async supabase({ parts }) {
    const supabase = await emulateSupabase()
    parts.add('Supabase', supabase.close)
    return { settings: ofSupabase(supabase), further: [`project: ${supabase.project.ref}`] }
  },
  async accounts({ parts, site }) {
    const auth = await startSupabaseAuth()
    servesSite(auth, site, (mail) => console.log(`# mail to ${mail}`))
    parts.add('Supabase Auth', auth.close)
    return { settings: { AUTH: 'supabase', ...ofAccounts(auth) }, further: [] }
  },
  async slack({ parts }) {
    const slack = await emulateSlack()
    parts.add('Slack', slack.close)
    return { settings: { NOTIFY: 'slack', ...ofSlack(slack) }, further: [] }
  },
  async sendgrid({ parts }) {
    const mail = await emulateSendGrid()
    parts.add('SendGrid', mail.close)
    return { settings: { NOTIFY: 'email', ...ofMail(mail) }, further: [] }
  },
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...{ app: { type: 'string' }, repository: { type: 'string' }, site: { type: 'string' } },
      help: { type: 'boolean', short: 'h' },
    },
  })
  const open = EMULATORS[positionals[0] ?? '']
  if (values.help || !open || positionals.length > 1) {
    console.log(HELP)
    return values.help ? 0 : 2
  }
  const parts = newParts((name, error) => console.error(`${name} could not be stopped: ${String(error)}`))
  const interruption = stopOnSignal(parts.stop, (line) => console.error(line))
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-emulator-'))
  parts.add('its folder', () => rm(folder, { recursive: true, force: true }))
  try {
    const repository = () => repositoryAt(values.repository, folder)
    const { settings, further } = await open({
      ...{ app: values.app ?? 'clinic', site: values.site ?? 'http://localhost:3000' },
      ...{ repository, folder, parts },
    })
    for (const [name, value] of Object.entries(settings)) console.log(`${name}=${quoted(value)}`)
    for (const about of further) console.log(`# ${about}`)
    return await interruption.done
  } catch (error) {
    await parts.stop()
    throw error
  }
}

async function repositoryAt(named: string | undefined, folder: string): Promise<string> {
  if (named !== undefined) {
    const path = resolve(named)
    if (!existsSync(join(path, 'HEAD'))) throw new Error(`${path} is no bare repository.`)
    return path
  }
  const into = join(folder, 'clinic.git')
  await buildClinic({ into, now: new Date() })
  return into
}

/** For a shell and for a file of settings: in quotes where it is more than a word, on one line. */
const quoted = (value: string): string =>
  /^[\w.:/,@-]*$/.test(value) ? value : `"${value.trim().replaceAll('\n', '\\n')}"`

if (import.meta.main) {
  process.exit(
    await main().catch((error: unknown) => {
      console.error(inWords(error))
      return 1
    }),
  )
}
