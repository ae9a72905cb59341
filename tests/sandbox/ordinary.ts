import { bubblewrap } from '../../lib/adapters/sandbox.bubblewrap.ts'
import { sandboxCases } from '../contracts/sandbox.cases.ts'

/**
 * The contract as an ordinary user, in a process of its own. Arguments: state folder, toolchain, programs.
 * Prints one JSON line per case: { name, failure }.
 */
const [home = '', toolchain = '', programs = ''] = process.argv.slice(2)
const start = () => bubblewrap({ home, toolchain, programs })
const sandbox = start()
const say = (name: string, failure: string | null) => process.stdout.write(`${JSON.stringify({ name, failure })}\n`)

const answer = await sandbox.selfTest()
say('self-test', answer.ok ? null : answer.why)
for (const { name, check } of sandboxCases) {
  say(name, await check(sandbox, start).then(() => null, String))
}
