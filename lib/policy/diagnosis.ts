import type { Cause, DiagnosisFacts, Remedy } from '../domain/diagnosis.ts'
import type { Frame } from '../domain/event.ts'

export interface DiagnosisInput {
  facts: DiagnosisFacts
  /** The cause chain ends in a network code: another host failed, not this code. */
  network: boolean
  handled: boolean
  errorType: string
}

export interface DiagnosisAnswer {
  cause: Cause
  remedy: Remedy
  confidence: number
  why: string
}

/** Below this a person is asked at once (design, section 6). */
export const ESCALATE_BELOW = 0.3

/**
 * Where the evidence points. Confidence is a sum of facts that were checked against the repository, never anybody's
 * opinion: resolved crash line 0.4, a request to replay 0.3 (0.1 when cut), named author of the line 0.1, and the line
 * is new in what is deployed 0.2.
 */
export function diagnosisOf({ facts, network, handled, errorType }: DiagnosisInput): DiagnosisAnswer {
  if (network)
    return {
      cause: 'no-code-cause',
      remedy: 'needs-person',
      confidence: 0.9,
      why: 'The error ends in a network failure: another host did not answer. No change of this code would cure it.',
    }
  const { crash, suspect } = facts
  if (!crash)
    return {
      cause: 'inconclusive',
      remedy: 'needs-person',
      confidence: 0.1,
      why: facts.frames[0]
        ? `${errorType} at ${placeOf(facts.frames[0])}, a line that is not in the code any more, or never was: there is none to start from.`
        : 'No frame of the stack lies in a file of the repository, so there is no line to start from.',
    }
  const best = facts.requests[0]?.capture
  const confidence =
    0.4 +
    (best === 'complete' ? 0.3 : best === 'partial' ? 0.1 : 0) +
    (suspect ? 0.1 : 0) +
    (facts.suspectIsNew ? 0.2 : 0)
  const where = placeOf(crash)
  const since = suspect
    ? ` The line came with ${suspect.sha.slice(0, 7)}${facts.suspectIsNew ? ', which is new in production' : ''}.`
    : ''
  if (facts.requests.length === 0)
    return {
      cause: 'inconclusive',
      remedy: 'needs-person',
      confidence,
      why: `${errorType} at ${where}.${since} No request was captured that could be replayed.`,
    }
  return {
    cause: 'code',
    remedy: 'code-fix',
    confidence,
    why: `${errorType} at ${where}${handled ? ', reported by the app itself' : ''}.${since}`,
  }
}

const placeOf = (at: Pick<Frame, 'path' | 'line' | 'function'>): string =>
  `${at.path ?? 'an unknown file'}:${at.line ?? '?'}${at.function ? ` in ${at.function}` : ''}`
