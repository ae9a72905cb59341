import { z } from 'zod'
import type { Finding, Hypothesis } from '../../lib/domain/hypothesis.ts'
import type { TestCase, TestRun } from '../../lib/domain/testRun.ts'
import { evidenceOf, unresolved } from '../../lib/policy/evidence.ts'
import type { History } from '../../lib/world/local.ts'
import type { Model } from '../../lib/world.ts'
import { opening, type Talk, type Talked, talk } from '../loop.ts'
import { promptOf } from '../prompts.ts'
import type { Ground } from '../repair/ground.ts'
import { toolsOf } from '../tools/all.ts'
import type { Desk } from '../tools/desk.ts'
import { shapeOf } from '../tools/tool.ts'
import { caseInWords } from './case.ts'

const Claim = z.strictObject({
  claim: z.string().min(1).max(400),
  verdict: z.enum(['holds', 'doubtful', 'ruled-out']),
  for: z.array(z.string().max(400)).max(8),
  against: z.array(z.string().max(400)).max(8),
})

const Answer = z.strictObject({
  cause: z.enum(['code', 'no-code-cause', 'inconclusive']),
  remedy: z.enum(['code-fix', 'rollback', 'rerun', 'reset-environment', 'flag-off', 'needs-person', 'ignore']),
  confidence: z.number().min(0).max(1),
  /** One to three sentences. */
  why: z.string().min(1).max(800),
  where: z.array(z.strictObject({ path: z.string().max(300), line: z.int().min(1) })).max(5),
  /** A sha, where a commit brought it. */
  suspectCommit: z.string().max(64).nullable(),
  hypotheses: z.array(Claim).min(1).max(5),
  effort: z.enum(['small', 'medium', 'large']),
})
type Answer = z.infer<typeof Answer>

const STEPS = 24
const MAX_TOKENS = 12_000

interface Asked {
  finding: Finding | null
  talked: Talked
  /** Why there is no finding. */
  why: string | null
}

/** A diagnosis by a model that looks around in the copy; every pointer of its evidence is followed before it is taken. */
export async function askWhy(
  model: Model,
  ground: Ground,
  targets: TestCase[],
  facts: Finding,
  runs: TestRun[],
): Promise<Asked> {
  const desk: Desk = { ...ground, shown: new Set(), runs }
  const about: Talk<Answer> = {
    ...{ task: 'diagnose', system: promptOf('diagnose'), tools: toolsOf(desk), shape: shapeOf(Answer) },
    ...{ effort: 'high', maxTokens: MAX_TOKENS, steps: STEPS },
    check: (answer) => problemOf(answer, desk, ground.history),
  }
  const end = await talk(model, about, opening(await caseInWords(ground, targets, facts)))
  if (end.state === 'ended') return { finding: null, talked: end.talked, why: end.why }
  return { finding: await findingFrom(end.answer, ground, facts), talked: end.talked, why: null }
}

async function problemOf(answer: Answer, desk: Desk, history: History): Promise<string | null> {
  const pointers = [
    ...answer.hypotheses.flatMap((one) => [...one.for, ...one.against]),
    ...answer.where.map(({ path, line }) => `line:${path}:${line}`),
    ...(answer.suspectCommit ? [`commit:${answer.suspectCommit}`] : []),
  ]
  const commits = await commitsIn(pointers, history)
  const facts = { texts: desk.texts, runs: desk.runs, commits, events: new Set<string>() }
  const broken = pointers.flatMap((pointer) => unresolved(pointer, facts) ?? [])
  if (broken.length > 0) return `evidence that leads nowhere: ${broken.slice(0, 3).join('; ')}.`
  if (answer.cause === 'code' && answer.where.length === 0) return 'a cause in the code needs a place in it.'
  if (answer.cause === 'code' && answer.hypotheses.every((one) => one.for.length === 0))
    return 'no hypothesis has anything that speaks for it.'
  return null
}

/** The commits that are named, as far as there are such, however long ago: the suspect one may be the first of all. */
async function commitsIn(pointers: string[], history: History): Promise<Set<string>> {
  const named = pointers.flatMap(read).flatMap((one) => (one.kind === 'commit' ? [one.sha] : []))
  const found = await Promise.all([...new Set(named)].map((name) => history.commit(name)))
  return new Set(found.flatMap((commit) => commit?.sha ?? []))
}

async function findingFrom(answer: Answer, ground: Ground, facts: Finding): Promise<Finding> {
  const named = answer.suspectCommit ? await ground.history.commit(answer.suspectCommit) : null
  // What was found by running the tests is stronger than anybody's reading.
  const executed = facts.suspectBy === 'executed'
  return {
    ...{ cause: answer.cause, remedy: answer.remedy, confidence: answer.confidence, why: answer.why },
    where: answer.where.map((place) => ({ ...place, function: null })),
    suspect: executed ? facts.suspect : (named ?? facts.suspect),
    suspectBy: executed ? 'executed' : named ? 'blame' : facts.suspectBy,
    hypotheses: answer.hypotheses.map(
      (one): Hypothesis => ({ ...one, for: one.for.flatMap(read), against: one.against.flatMap(read) }),
    ),
    ...{ effort: answer.effort, author: 'model' },
  }
}

const read = (text: string) => evidenceOf(text) ?? []
