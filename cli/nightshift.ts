import { resolve } from 'node:path'
import { printable } from '../lib/policy/paths.ts'
import { type Command, parsed, Usage } from './command.ts'
import { audit } from './commands/audit.ts'
import { connect } from './commands/connect.ts'
import { approve, reject } from './commands/decide.ts'
import { doctor } from './commands/doctor.ts'
import { level } from './commands/level.ts'
import { link } from './commands/link.ts'
import { migrate } from './commands/migrate.ts'
import { pause, resume } from './commands/pause.ts'
import { project } from './commands/project.ts'
import { repair } from './commands/repair.ts'
import { report } from './commands/report.ts'
import { rollback } from './commands/rollback.ts'
import { settings } from './commands/settings.ts'
import { setup } from './commands/setup.ts'
import { show } from './commands/show.ts'
import { status } from './commands/status.ts'
import { tick } from './commands/tick.ts'
import { why } from './commands/why.ts'
import { worker } from './commands/worker.ts'
import { person } from './env.ts'
import { gate } from './gate.ts'
import { homeOf, makeHome } from './home.ts'
import { loadSecrets } from './secrets.ts'

const home = homeOf(resolve(import.meta.dirname, '..'), person())

const local = (does: string, usage: string, line: () => Promise<string>): Command => ({
  does,
  usage,
  async run(argv) {
    const { json } = parsed(argv, {}, { least: 0, most: 0 }).values
    const text = await line()
    console.log(json ? JSON.stringify({ [usage]: text }) : text)
    return 0
  },
})

/** `start` and `test` are programs of their own: bin/nightshift hands over to them. */
const COMMANDS: Record<string, Command> = {
  status,
  report,
  show,
  pause,
  resume,
  approve,
  reject,
  rollback,
  level,
  link,
  settings,
  project,
  setup,
  connect,
  tick,
  scan: tick,
  why,
  audit,
  gate,
  repair,
  migrate,
  doctor,
  worker,
  password: local('the owner’s password', 'password', async () => {
    await makeHome(home)
    return (await loadSecrets(home)).ownerPassword
  }),
  home: local('the state folder', 'home', async () => home),
}

const overview = (): string =>
  [
    'nightshift <command>',
    '',
    '  start [--empty] [--port <n>]   start Nightshift on this machine, with a sample app',
    '  test [...]                     run every test, or what is named',
    ...Object.entries(COMMANDS)
      .filter(([name]) => name !== 'scan')
      .map(([name, { does }]) => `  ${name.padEnd(30)} ${does}`),
    '',
    'Every command takes --help and --json. Those that speak to a running Nightshift take --url and --project, and find',
    'their token in the state folder or in NIGHTSHIFT_TOKEN. Exit: 0 done, 1 not possible, 2 wrong usage, 3 refused.',
  ].join('\n')

const HELP = ['help', '--help', '-h', '--json']

async function main(argv: string[]): Promise<number> {
  const json = argv.includes('--json')
  // `nightshift --json status` is `nightshift status --json`.
  const [name = 'help', ...rest] = argv[0] === '--json' ? [...argv.slice(1), '--json'] : argv
  if (HELP.includes(name))
    return explain(
      rest.find((word) => !word.startsWith('-')),
      json,
    )
  const command = known(name)
  if (rest.includes('--help') || rest.includes('-h')) return explain(name, json)
  return command.run(rest).catch((error: unknown) => {
    if (error instanceof Usage) throw new Usage(`${error.message}\n\nnightshift ${command.usage}`, command.misused)
    throw error
  })
}

function known(name: string): Command {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) throw new Usage(`There is no command ${JSON.stringify(name)}.\n\n${overview()}`)
  return command
}

/** One command, or all of them. */
function explain(name: string | undefined, json: boolean): 0 {
  const all = Object.entries(COMMANDS).map(([command, { does, usage }]) => ({ command, does, usage }))
  if (name === undefined) console.log(json ? JSON.stringify(all, null, 2) : overview())
  else {
    const { does, usage } = known(name)
    const words = `nightshift ${usage}\n\n${does}`
    console.log(json ? JSON.stringify({ command: name, does, usage }, null, 2) : words)
  }
  return 0
}

const argv = process.argv.slice(2)
try {
  process.exitCode = await main(argv)
} catch (error) {
  const told = error instanceof Error ? error.message : String(error)
  const message = told.split('\n').map(printable).join('\n')
  if (argv.includes('--json')) console.log(JSON.stringify({ ok: false, error: message }, null, 2))
  console.error(message)
  process.exitCode = error instanceof Usage ? error.exit : 1
}
