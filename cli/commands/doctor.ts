import { type Command, type Exit, parsed, say } from '../command.ts'
import { type Check, inWords } from '../doctor/check.ts'
import { given } from '../env.ts'
import { stateFolder } from '../remote.ts'

export const doctor: Command = {
  does: 'whether the sandbox holds, every login and webhook works and the audit is whole, and what to do if not',
  usage: `doctor [--project <slug>]

  With NIGHTSHIFT_TOKEN it is about that server, which looks at what it stands on itself; otherwise about this machine too.

  ✓ it is well   ✗ it is not, with what to do   – it could not be looked at now`,
  async run(argv): Promise<Exit> {
    const { values } = parsed(argv, {}, { least: 0, most: 0 })
    const { serverChecks } = await import('../doctor/server.ts')
    const asked = { url: values.url, slug: values.project }
    // A server elsewhere has a sandbox and programs of its own: what this machine has says nothing about them.
    const elsewhere = given('NIGHTSHIFT_TOKEN') !== undefined
    // In this order: the first makes the state folder that the others look at.
    const checks = [...(elsewhere ? [] : await hereChecks()), ...(await serverChecks({ ...asked, elsewhere }))]
    const ok = checks.every(({ state }) => state !== 'fails')
    say(values.json, { ok, checks }, checks.map(inWords))
    return ok ? 0 : 1
  },
}

async function hereChecks(): Promise<Check[]> {
  const home = stateFolder()
  // Loaded when it runs: the sandbox brings more than all other commands together.
  const [{ sandboxChecks }, { machineChecks }] = await Promise.all([
    import('../doctor/sandbox.ts'),
    import('../doctor/machine.ts'),
  ])
  return [...(await sandboxChecks(home)), ...(await machineChecks(home))]
}
