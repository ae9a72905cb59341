import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Repaired, repairTests } from '../../agents/repair/repair.ts'
import { branchOf } from '../../lib/domain/fix.ts'
import { Fault } from '../../lib/errors.ts'
import { type CiLog, isNamedIn, parseCiLog } from '../../lib/parse/ciLog.ts'
import { printable } from '../../lib/policy/paths.ts'
import type { Command, Exit } from '../command.ts'
import { calledFrom, person } from '../env.ts'
import { homeOf } from '../home.ts'
import { parseRepair, USAGE } from '../repair/asked.ts'
import { prepare } from '../repair/ground.ts'
import { metadataOf, patchOf } from '../repair/metadata.ts'
import { inWords } from '../repair/words.ts'

export const repair: Command = {
  does: 'finds out why tests fail and repairs it, on any checkout, without a server',
  usage: USAGE,
  run,
}

const EXITS: Record<Repaired['outcome'], Exit> = { proven: 0, 'not-fixed': 2, 'nothing-fails': 2, refused: 3 }

async function run(argv: string[]): Promise<Exit> {
  const asked = parseRepair(argv)
  const began = performance.now()
  const progress = (stage: string, text: string) => {
    const seconds = ((performance.now() - began) / 1000).toFixed(1).padStart(6)
    console.error(printable(`${seconds} s  ${stage.padEnd(9)} ${text}`))
  }
  progress('read', asked.repo)
  const home = homeOf(resolve(import.meta.dirname, '../..'), person())
  const log = asked.source.kind === 'log' ? await readLog(asked.source.file) : null
  const command = asked.source.kind === 'test' ? asked.source.command : (log?.command ?? null)
  const { ground: prepared, local } = await prepare(home, asked, command, progress)
  const ground = log ? { ...prepared, isMeant: (id: string) => isNamedIn(log, id) } : prepared
  try {
    const made = await repairTests(ground, progress)
    const id = runId(asked.repo, made)
    const metadata = metadataOf(id, ground.texts, made)
    const patch = patchOf(ground.texts, made)
    const out = resolve(calledFrom(), asked.out)
    await mkdir(out, { recursive: true })
    const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
    await writeFile(join(out, `diagnosis-${id}.json`), json(made.finding))
    await writeFile(join(out, `patch-${id}.diff`), patch)
    await writeFile(join(out, `metadata-${id}.json`), json(metadata))
    if (asked.branch && made.outcome === 'proven' && made.fix) {
      const sha = await local.commitTo(branchOf(id), made.fix.change.edits, metadata.commit_message ?? '')
      progress('write', `${branchOf(id)} is ${sha.slice(0, 12)}`)
    }
    if (asked.json) console.log(JSON.stringify({ ...metadata, finding: made.finding, patch, out }, null, 2))
    else console.log(inWords(made, patch, out, id).map(printable).join('\n'))
    return EXITS[made.outcome]
  } finally {
    await local.close()
  }
}

/** What failed there; a log that names no test says nothing to start from. */
async function readLog(file: string): Promise<CiLog> {
  const log = parseCiLog(await readFile(resolve(calledFrom(), file), 'utf8'))
  if (log.failing.length === 0) throw new Fault('NO_TESTS', 'The log names no failing test.')
  return log
}

/** Twelve digits, as a fix's: of the change where there is one, so that the same change has the same branch. */
function runId(repo: string, { fix }: Repaired): string {
  if (!fix) return randomBytes(6).toString('hex')
  return createHash('sha256')
    .update(JSON.stringify([repo, fix.change.edits]))
    .digest('hex')
    .slice(0, 12)
}
