import { bubblewrap } from '../../lib/adapters/sandbox.bubblewrap.ts'

/** Starts one long run and says so; the test then kills this process. Arguments: state folder, toolchain, programs, seconds. */
const [home = '', toolchain = '', programs = '', seconds = ''] = process.argv.slice(2)
const sandbox = bubblewrap({ home, toolchain, programs })
await sandbox.selfTest()
const program = 'setsid sleep "$1" & echo up > /workspace/up; exec sleep "$1"'
void sandbox.run({ files: [], argv: ['sh', '-c', program, 'sh', seconds], limits: { wallMs: 600_000 } })
process.stdout.write('running\n')
