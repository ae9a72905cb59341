import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { repairEvent } from '../../agents/repair/event.ts'
import type { Ground, Progress } from '../../agents/repair/ground.ts'
import { BrokenOff, type Repaired, repairTests } from '../../agents/repair/repair.ts'
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
import { prepare, readCheckout } from './ground.ts'
import { metadataOf, patchOf } from './metadata.ts'
import { modelFor } from './model.ts'
import { openResults } from './results.ts'
import { inWords } from './words.ts'

const EXITS: Record<Repaired['outcome'], Exit> = { proven: 0, 'not-fixed': 2, 'nothing-fails': 2, refused: 3 }

/** From what the command line asks for to the files it leaves and the status it ends with. */
export async function run(asked: Asked, progress: Progress): Promise<Exit> {
  const home = homeOf(resolve(import.meta.dirname, '../..'), person())
  const log = asked.source.kind === 'log' ? await readLog(asked.source.file) : null
  const local = await readCheckout(asked, progress)
  try {
    const id = randomBytes(6).toString('hex')
    const results = await openResults(local.root, resolve(calledFrom(), asked.out), id)
    const model = modelFor(asked.model, asked.budget, results.transcript)
    const prepared = await prepare(home, local, asked, asked.command ?? log?.command ?? null, progress)
    const ground = { ...prepared.ground, model, ...(log ? { isMeant: (id: string) => isNamedIn(log, id) } : {}) }
    const manifest = ground.manifest ? null : proposeManifest(prepared.detection)
    const keep = async (made: Repaired) => {
      const fixId = idOf(local.root, made) ?? id
      const metadata = metadataOf(id, fixId, ground.texts, made)
      const patch = patchOf(ground.texts, made)
      await results.put(`diagnosis-${id}.json`, json(made.finding))
      await results.put(`patch-${id}.diff`, patch)
      await results.put(`metadata-${id}.json`, json(metadata))
      if (manifest) await results.put('nightshift.json', json(manifest))
      return { fixId, metadata, patch }
    }
    const made = await repaired(asked, ground, progress).catch(async (error: unknown) => {
      if (!(error instanceof BrokenOff)) throw error
      await keep(error.so)
      progress('write', `what was found out until then: ${results.out}`)
      throw error.cause
    })
    const { fixId, metadata, patch } = await keep(made)
    const { out } = results
    if (asked.json) console.log(JSON.stringify({ ...metadata, finding: made.finding, patch, out }, null, 2))
    else console.log(inWords(made, patch, out, id).map(printable).join('\n'))
    if (asked.branch && made.outcome === 'proven' && made.fix) {
      const sha = await local.commitTo(branchOf(fixId), made.fix.change.edits, metadata.commit_message ?? '')
      progress('write', `${branchOf(fixId)} is ${sha.slice(0, 12)}`)
    }
    return EXITS[made.outcome]
  } finally {
    await local.close()
  }
}

async function repaired({ source }: Asked, ground: Ground, progress: Progress): Promise<Repaired> {
  if (source.kind !== 'event') return repairTests(ground, progress)
  return repairEvent(ground, await readEvent(source.file, ground.texts), progress)
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

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

/** Twelve digits of the change itself, as a fix's: the same change has the same branch. A fixture bears its fix's name. */
function idOf(root: string, { fix, replay }: Repaired): string | null {
  if (!fix || replay) return replay?.fixture.id ?? null
  return createHash('sha256')
    .update(JSON.stringify([root, fix.change.edits]))
    .digest('hex')
    .slice(0, 12)
}
