import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Status } from '../../lib/actions/status.ts'
import { runner } from '../../lib/adapters/index.ts'
import { parseConfig } from '../../lib/config.ts'
import { type Command, type Exit, parsed, say } from '../command.ts'
import { person } from '../env.ts'
import { homeOf, makeHome } from '../home.ts'
import { isRefusal, remote } from '../remote.ts'
import { loadSecrets, secretsFile } from '../secrets.ts'
import { controlRoomEnv } from '../stack/controlRoom.ts'
import { registrySettings } from '../stack/registry.ts'
import { toolchain } from '../toolchain.ts'

interface Check {
  ok: boolean
  name: string
  detail: string
}

export const doctor: Command = {
  does: 'whether the sandbox holds, the server answers and the secrets are safe, and what to do if not',
  usage: 'doctor',
  async run(argv): Promise<Exit> {
    const { values } = parsed(argv, {}, { least: 0, most: 0 })
    const sandbox = await sandboxChecks()
    const checks = [...sandbox.checks, await secretsCheck(), ...(await serverChecks(values.url))]
    const lines = checks.map(({ ok, name, detail }) => `${ok ? '✓' : '✗'} ${name}: ${detail}`)
    say(values.json, { ok: checks.every(({ ok }) => ok), boundary: sandbox.boundary, checks }, [
      ...lines,
      sandbox.sentence,
    ])
    return checks.every(({ ok }) => ok) ? 0 : 1
  },
}

const checkout = resolve(import.meta.dirname, '../..')
const home = () => homeOf(checkout, person())

/** The whole self-test of the sandbox, probe by probe. */
async function sandboxChecks(): Promise<{ checks: Check[]; boundary: string; sentence: string }> {
  await makeHome(home())
  const tools = await toolchain(home())
  const secrets = await loadSecrets(home())
  // The self-test reaches neither of the two addresses.
  const unused = 'http://127.0.0.1:9'
  const env = controlRoomEnv({
    checkout,
    home: home(),
    port: 3000,
    databaseUrl: 'postgres://127.0.0.1:9/nightshift',
    platform: { url: unused, token: secrets.platformToken },
    secrets,
    toolchain: tools,
    registry: await registrySettings(tools, checkout),
    settings: {},
  })
  const test = await runner(parseConfig(env), checkout).sandbox.selfTest({ full: true })
  const checks = test.probes.map(({ contained, name, detail }) => ({ ok: contained, name, detail }))
  if (!test.ok && checks.every(({ ok }) => ok))
    checks.push({ ok: false, name: 'sandbox', detail: `${test.why} ${test.remedy}` })
  const sentence = test.ok
    ? `The sandbox holds: ${test.boundary}.`
    : `The sandbox does not hold: ${test.why}\n${test.remedy}`
  return { checks, boundary: test.boundary, sentence }
}

async function secretsCheck(): Promise<Check> {
  const { mode } = await stat(secretsFile(home()))
  const ok = (mode & 0o077) === 0
  return {
    ok,
    name: 'secrets',
    detail: ok ? 'only you can read them' : `others can read ${secretsFile(home())}: chmod 600 it`,
  }
}

/** Not running is no illness; a kill switch that somebody forgot is worth a line. */
async function serverChecks(url: string | undefined): Promise<Check[]> {
  try {
    const far = await remote(url)
    const answer = await far.get('status')
    if (isRefusal(answer)) return [{ ok: false, name: 'server', detail: `${answer.sentence} ${answer.remedy}` }]
    const projects = answer.projects as Status[]
    const killed = projects.some(({ killSwitch }) => killSwitch)
    const detail = `answers at ${far.url}, ${projects.length} project(s)${killed ? ', and its kill switch is on' : ''}`
    return [{ ok: true, name: 'server', detail }]
  } catch (error) {
    return [{ ok: true, name: 'server', detail: error instanceof Error ? error.message : String(error) }]
  }
}
