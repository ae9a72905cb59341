import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { repairEvent } from '../../agents/repair/event.ts'
import type { Progress } from '../../agents/repair/ground.ts'
import { type Repaired, repairTests } from '../../agents/repair/repair.ts'
import type { ErrorEvent } from '../../lib/domain/event.ts'
import { branchOf } from '../../lib/domain/fix.ts'
import { Fault } from '../../lib/errors.ts'
import { type CiLog, isNamedIn, parseCiLog } from '../../lib/parse/ciLog.ts'
import { errorEventOf } from '../../lib/parse/sentryEvent.ts'
import { printable } from '../../lib/policy/paths.ts'
import { proposeManifest } from '../../lib/runtimes/propose.ts'
import type { Exit } from '../command.ts'
import { calledFrom, person } from '../env.ts'
import { homeOf } from '../home.ts'
import type { Asked } from './asked.ts'
import { prepare } from './ground.ts'
import { metadataOf, patchOf } from './metadata.ts'
import { modelFor } from './model.ts'
import { inWords } from './words.ts'

const EXITS: Record<Repaired['outcome'], Exit> = { proven: 0, 'not-fixed': 2, 'nothing-fails': 2, refused: 3 }

/** From what the command line asks for to the files it leaves and the status it ends with. */
export async function run(asked: Asked, progress: Progress): Promise<Exit> {
  const home = homeOf(resolve(import.meta.dirname, '../..'), person())
  const log = asked.source.kind === 'log' ? await readLog(asked.source.file) : null
  const command = asked.source.kind === 'test' ? asked.source.command : (log?.command ?? null)
  const { ground: prepared, local, detection } = await prepare(home, asked, command, progress)
  const out = resolve(calledFrom(), asked.out)
  const run = randomBytes(6).toString('hex')
  const model = modelFor(asked.model, asked.budget, join(out, `transcript-${run}`))
  const ground = { ...prepared, model, ...(log ? { isMeant: (id: string) => isNamedIn(log, id) } : {}) }
  try {
    const event = asked.source.kind === 'event' ? await readEvent(asked.source.file, ground.texts) : null
    const made = event ? await repairEvent(ground, event, progress) : await repairTests(ground, progress)
    const fixId = idOf(asked.repo, made) ?? run
    const metadata = metadataOf(run, fixId, ground.texts, made)
    const patch = patchOf(ground.texts, made)
    await mkdir(join(out, `transcript-${run}`), { recursive: true })
    const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
    await writeFile(join(out, `diagnosis-${run}.json`), json(made.finding))
    await writeFile(join(out, `patch-${run}.diff`), patch)
    await writeFile(join(out, `metadata-${run}.json`), json(metadata))
    const manifest = ground.manifest ? null : proposeManifest(detection)
    if (manifest) await writeFile(join(out, 'nightshift.json'), json(manifest))
    if (asked.branch && made.outcome === 'proven' && made.fix) {
      const sha = await local.commitTo(branchOf(fixId), made.fix.change.edits, metadata.commit_message ?? '')
      progress('write', `${branchOf(fixId)} is ${sha.slice(0, 12)}`)
    }
    if (asked.json) console.log(JSON.stringify({ ...metadata, finding: made.finding, patch, out }, null, 2))
    else console.log(inWords(made, patch, out, run).map(printable).join('\n'))
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

/** One error event, as an SDK sends it; its places are those of files that are here. */
async function readEvent(file: string, texts: Record<string, string>): Promise<ErrorEvent> {
  const text = await readFile(resolve(calledFrom(), file), 'utf8')
  const read = errorEventOf(jsonOf(text), new Date().toISOString(), 'event', new Set(Object.keys(texts)))
  if (!read.ok) throw new Fault('MALFORMED', `${file} is no error event.`)
  return read.event
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Fault('MALFORMED', 'It is not JSON.')
  }
}

/** Twelve digits of the change itself, as a fix's: the same change has the same branch. */
function idOf(repo: string, { fix }: Repaired): string | null {
  if (!fix) return null
  return createHash('sha256')
    .update(JSON.stringify([repo, fix.change.edits]))
    .digest('hex')
    .slice(0, 12)
}
