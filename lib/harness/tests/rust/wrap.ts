import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { readAsked } from '../asked.ts'
import { passThrough } from '../passThrough.ts'
import { cargoArguments } from './arguments.ts'
import { REPORT } from './files.ts'

/** `cargo` on the PATH: `wrap.ts <folder> <real cargo> <arguments>`. Everything but `cargo test` is passed on untouched. */
const [folder = '', real = '', ...args] = process.argv.slice(2)
const verb = args.find((word) => !word.startsWith('-') && !word.startsWith('+'))

async function test(): Promise<number> {
  const asked = await readAsked('cargo', folder)
  const report = join(folder, `${process.pid}.${REPORT}`)
  // One stream: which target's tests follow is said on stderr, how they did on stdout, and their order is all there is.
  return passThrough({
    ...{ program: '/bin/sh', args: ['-c', 'exec "$0" "$@" 2>&1', real, ...cargoArguments(args, asked)] },
    onOutput: (chunk) => {
      appendFileSync(report, chunk)
      process.stdout.write(chunk)
    },
  })
}

process.exitCode = await (verb === 'test' || verb === 't' ? test() : passThrough({ program: real, args }))
