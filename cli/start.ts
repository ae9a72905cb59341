import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { isFault } from '../examples/traffic/faults.ts'
import { fullDisk, inWords, NEEDS_MB } from './disk.ts'
import { given, person } from './env.ts'
import { homeOf } from './home.ts'
import { newParts } from './parts.ts'
import { showSteps } from './progress.ts'
import { stopOnSignal } from './signals.ts'
import { holdHome } from './singleStart.ts'
import { addressOf } from './stack/controlRoom.ts'
import { type Stack, startStack } from './stack.ts'

const HELP = `bin/start starts Nightshift on this machine, with a sample app to look after.

  --empty        without the sample app
  --emulated     as a hosted installation has it (WORLD=hosted): code in GitHub, the app and the sandboxes on Vercel, errors in
                 Sentry, notices in Slack and by mail, a pooler before the database, all emulated on this machine; begins
                 anew each time, in a state folder of its own
  --faults all   people meet all ten faults of the sample, not the first night's alone; or some, by name:
                 launch, await, body, import, critical, billing, breaks, upstream, slow, consequence, none
  --port <n>     port of the control room (3000)
  --help         this text

State is kept in NIGHTSHIFT_HOME, by default /var/lib/nightshift/<hash of this folder> for root and
~/.local/state/nightshift/<hash of this folder> for others. Removing that folder begins anew.
Ctrl-C stops everything that was started.`

export type Asked =
  | { help: true }
  | { help: false; empty: boolean; emulated: boolean; port: number; faults: string | undefined }

/** What the command line asks for; throws with words for people. */
export function parseStart(argv: string[]): Asked {
  const { values } = parseArgs({
    args: argv,
    options: {
      empty: { type: 'boolean' },
      emulated: { type: 'boolean' },
      faults: { type: 'string' },
      port: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) return { help: true }
  const port = values.port === undefined ? 3000 : Number(values.port)
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new Error(`--port wants a number from 1 to 65535, not ${values.port}.`)
  if (values.empty && values.emulated) throw new Error('--emulated is about the sample app: leave --empty out.')
  const unknown = values.faults?.split(',').find((name) => name !== 'all' && name !== 'none' && !isFault(name))
  if (unknown !== undefined) throw new Error(`The sample has no fault named ${JSON.stringify(unknown)}: see --help.`)
  return { help: false, empty: values.empty ?? false, emulated: values.emulated ?? false, port, faults: values.faults }
}

/** What a person sees when all is up. */
export function welcome(stack: Stack, home?: string): string {
  // Any other state folder than the usual one has to be named.
  const chosen = home === undefined ? '' : `NIGHTSHIFT_HOME=${home} `
  const account = stack.accounts ? 'a link for ada@acme.example, which the page below shows' : 'your account'
  const way = stack.accounts || given('AUTH') === 'supabase' ? account : stack.secrets.ownerPassword
  const lines = [`Open ${stack.url}/dashboard/agent-control and sign in with ${way}`, '']
  if (stack.sample) {
    lines.push(
      'The sample app is a small clinic whose code has faults in it, and people are using it:',
      `  production ${stack.sample.production}   staging ${stack.sample.staging}`,
      'Watch: one of its routes fails for some users. Nightshift notices, finds out why, writes a failing test and a fix,',
      'proves the fix in a sandbox, ships it to staging and then to production, and says whether the error stopped.',
      'The sample is at level 2, at any hour, with a soak of 20 s and a watch of 30 s. bin/start --faults all brings nine more.',
      `From a terminal: ${chosen}bin/nightshift status, show 1, report.`,
    )
  }
  if (stack.accounts)
    lines.push(
      'GitHub, Vercel, Sentry, Slack, mail and accounts are emulated on this machine. What each was told, with the buttons of',
      `its messages: ${stack.accounts.window}`,
    )
  lines.push(
    'New projects start at level 1 (propose only), ship from nine to six London time, soak for 10 and watch for 30 minutes.',
    '',
    'Ctrl-C stops everything.',
  )
  return lines.join('\n')
}

async function main(): Promise<number> {
  const asked = parseStart(process.argv.slice(2))
  if (asked.help) {
    console.log(HELP)
    return 0
  }
  const checkout = resolve(import.meta.dirname, '..')
  const usual = homeOf(checkout, person())
  const home = asked.emulated ? `${usual}-emulated` : usual
  const full = await fullDisk([
    { what: 'building the control room', folder: checkout, needsMb: NEEDS_MB.checkout },
    { what: 'the state folder', folder: home, needsMb: NEEDS_MB.home },
  ])
  if (full) throw new Error(full)
  const hold = await holdHome(home, `at ${addressOf(asked.port)}, process ${process.pid}`)
  if ('heldBy' in hold)
    throw new Error(`Nightshift is running from this folder already, ${hold.heldBy || 'or is just starting'}.`)

  // What the emulated services know ends with them.
  if (asked.emulated) await rm(home, { recursive: true, force: true })

  const parts = newParts((name, error) => console.error(`${name} could not be stopped: ${String(error)}`))
  const say = (line: string) => console.log(line)
  const interruption = stopOnSignal(parts.stop, say)
  try {
    say(`Starting Nightshift. State and logs: ${home}\n`)
    const sample = asked.empty ? null : { traffic: true, faults: asked.faults }
    const { port, emulated } = asked
    const running = startStack({ checkout, home, port, parts, sample, emulated, step: showSteps(say), say })
    const shown = running.then((stack) => {
      say(`\n${welcome(stack, asked.emulated ? home : undefined)}`)
      return interruption.done
    })
    // A step may wait for something that is being stopped, and for ever.
    return await Promise.race([shown, interruption.done])
  } catch (error) {
    // Or fail because it is.
    if (interruption.asked()) return await interruption.done
    await parts.stop()
    throw error
  }
}

if (import.meta.main) {
  // Timers of a start that was cut short would keep the process.
  process.exit(
    await main().catch((error: unknown) => {
      console.error(`\n${inWords(error)}`)
      return 1
    }),
  )
}
