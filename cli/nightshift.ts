import { resolve } from 'node:path'
import { runner } from '../lib/adapters/index.ts'
import { parseConfig } from '../lib/config.ts'
import { person } from './env.ts'
import { gate } from './gate.ts'
import { homeOf, makeHome } from './home.ts'
import { loadSecrets } from './secrets.ts'
import { controlRoomEnv } from './stack/controlRoom.ts'
import { registrySettings } from './stack/registry.ts'
import { toolchain } from './toolchain.ts'

/** `start` and `test` are programs of their own: bin/nightshift hands over to them. */
const HELP = `nightshift <command>

  start [--empty] [--port <n>]   start Nightshift on this machine, with a sample app
  test [...]                     run every test, or what is named
  doctor                         try whether the sandbox holds here, and say what to do if it does not
  gate <repo> <base> <head>      may this change leave? on any repository; gate --help says more
  password                       the owner's password
  home                           the state folder
  help                           this text`

const checkout = resolve(import.meta.dirname, '..')
const home = homeOf(checkout, person())

const COMMANDS: Record<string, () => Promise<number>> = {
  doctor,
  gate: () => gate(process.argv.slice(3)),
  async password() {
    await makeHome(home)
    console.log((await loadSecrets(home)).ownerPassword)
    return 0
  },
  async home() {
    console.log(home)
    return 0
  },
  async help() {
    console.log(HELP)
    return 0
  },
}

/** The whole self-test of the sandbox, probe by probe. */
async function doctor(): Promise<number> {
  await makeHome(home)
  const tools = await toolchain(home)
  const secrets = await loadSecrets(home)
  // The self-test reaches neither of the two addresses.
  const unused = 'http://127.0.0.1:9'
  const env = controlRoomEnv({
    checkout,
    home,
    port: 3000,
    databaseUrl: 'postgres://127.0.0.1:9/nightshift',
    platform: { url: unused, token: secrets.platformToken },
    secrets,
    toolchain: tools,
    registry: await registrySettings(tools, checkout),
    settings: {},
  })
  const test = await runner(parseConfig(env), checkout).sandbox.selfTest({ full: true })
  for (const { contained, name, detail } of test.probes) console.log(`${contained ? '✓' : '✗'} ${name}: ${detail}`)
  console.log(
    test.ok ? `The sandbox holds: ${test.boundary}.` : `The sandbox does not hold: ${test.why}\n${test.remedy}`,
  )
  return test.ok ? 0 : 1
}

const [name = 'help'] = process.argv.slice(2)
const wanted = name === '--help' || name === '-h' ? 'help' : name
const command = Object.hasOwn(COMMANDS, wanted) ? COMMANDS[wanted] : undefined
try {
  if (!command) console.error(`There is no command ${JSON.stringify(name)}.\n\n${HELP}`)
  process.exitCode = command ? await command() : 2
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
