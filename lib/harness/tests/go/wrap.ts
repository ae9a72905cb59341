import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { readAsked } from '../asked.ts'
import { passThrough } from '../passThrough.ts'
import { goArguments } from './arguments.ts'
import { PROFILE, REPORT } from './files.ts'

/** `go` on the PATH: `wrap.ts <folder> <real go> <arguments>`. Everything but `go test` is passed on untouched. */
const [folder = '', real = '', ...args] = process.argv.slice(2)

async function test(): Promise<number> {
  const asked = await readAsked('go', folder)
  const wants = args.some((word) => /^--?json$/.test(word))
  const profile = join(folder, `${process.pid}.${PROFILE}`)
  const report = join(folder, `${process.pid}.${REPORT}`)
  let rest = ''
  const keep = (chunk: Buffer) => appendFileSync(report, chunk)
  return passThrough({
    ...{ program: real, args: goArguments(args, asked, process.cwd(), profile) },
    onOutput: (chunk) => {
      keep(chunk)
      if (wants) process.stdout.write(chunk)
      else rest = printed(rest + chunk.toString('latin1'))
    },
    onError: (chunk) => {
      keep(chunk)
      process.stderr.write(chunk)
    },
  })
}

/** Prints what the tests printed, as without `-json`; answers the line that has not ended. */
function printed(text: string): string {
  const end = text.lastIndexOf('\n') + 1
  for (const line of text.slice(0, end).split('\n')) {
    const output = /"Output":("(?:[^"\\]|\\.)*")/.exec(line)?.[1]
    if (output !== undefined) process.stdout.write(JSON.parse(Buffer.from(output, 'latin1').toString('utf8')) as string)
    else if (line !== '' && !line.startsWith('{')) process.stdout.write(`${line}\n`, 'latin1')
  }
  return text.slice(end)
}

process.exitCode = await (args[0] === 'test' ? test() : passThrough({ program: real, args }))
