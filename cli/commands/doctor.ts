import { type Command, type Exit, parsed, say } from '../command.ts'
import { inWords } from '../doctor/check.ts'
import { stateFolder } from '../remote.ts'

export const doctor: Command = {
  does: 'whether the sandbox holds, every login and webhook works and the audit is whole, and what to do if not',
  usage: `doctor [--project <slug>]

  ✓ it is well   ✗ it is not, with what to do   – it could not be looked at now`,
  async run(argv): Promise<Exit> {
    const { values } = parsed(argv, {}, { least: 0, most: 0 })
    const home = stateFolder()
    // Loaded when it runs: the sandbox brings more than all other commands together.
    const [{ sandboxChecks }, { machineChecks }, { serverChecks }] = await Promise.all([
      import('../doctor/sandbox.ts'),
      import('../doctor/machine.ts'),
      import('../doctor/server.ts'),
    ])
    // In this order: the first makes the state folder that the others look at.
    const checks = [
      ...(await sandboxChecks(home)),
      ...(await machineChecks(home)),
      ...(await serverChecks(values.url, values.project)),
    ]
    const ok = checks.every(({ state }) => state !== 'fails')
    say(values.json, { ok, checks }, checks.map(inWords))
    return ok ? 0 : 1
  },
}
