import type { CureAnswer, Exposure } from '../domain/release.ts'
import { lowerBound } from './wilson.ts'

/** -ln(0.01): with this many failures expected, seeing none has a chance of one in a hundred if nothing changed. */
export const EXPECTED_FOR_CURE = 4.6

export interface ExposureInput {
  /** Failures and requests of the route before the fix. */
  failuresBefore: number
  requestsBefore: number
  /** Requests of the route, and events of the fingerprint, since the fix took traffic. */
  requestsSince: number
  seenSince: number
}

/** Did the error stop, or was nobody there to meet it? */
export function cureOf(input: ExposureInput): CureAnswer {
  return judged(input, 'requests', '')
}

export interface HistoryInput {
  /** Events of the fingerprint in each whole hour before, quiet hours included. */
  hourly: number[]
  /** Hours since the fix took traffic; only whole ones count. */
  hoursSince: number
  seenSince: number
}

/**
 * The same question without request counts: hours that met the error stand in for failures and hours for requests,
 * so that one noisy hour counts once. Weaker, and its sentence says so.
 */
export function cureByHistory({ hourly, hoursSince, seenSince }: HistoryInput): CureAnswer {
  const hit = hourly.filter((events) => events > 0).length
  const input = { failuresBefore: hit, requestsBefore: hourly.length, requestsSince: hoursSince, seenSince }
  return judged(input, 'hours', ' (hours with the error, from its own history: there are no request counts)')
}

function judged(input: ExposureInput, unit: 'requests' | 'hours', note: string): CureAnswer {
  const [failuresBefore, requestsBefore, requestsSince] = [
    whole(input.failuresBefore),
    whole(input.requestsBefore),
    whole(input.requestsSince),
  ]
  // An event count that is no count may hide a relapse: it never cures.
  const counted = Number.isFinite(input.seenSince) && input.seenSince >= 0
  const seenSince = whole(input.seenSince)
  const rate = lowerBound(failuresBefore, requestsBefore)
  const expected = rate * requestsSince
  const exposure: Exposure = { failuresBefore, requestsBefore, requestsSince, seenSince, rate, expected }
  const sentence = `${rounded(expected)} expected, ${counted ? seenSince : 'an unknown number'} seen${note}`
  if (seenSince >= 1) return { answer: 'relapsed', sentence: `${sentence}: it is back`, exposure }
  if (counted && expected >= EXPECTED_FOR_CURE) return { answer: 'cured', sentence, exposure }
  const few = counted
    ? `too few ${unit} since to tell, ${EXPECTED_FOR_CURE} expected are needed`
    : 'events were not counted'
  return { answer: 'unexposed', sentence: `${sentence}: ${few}`, exposure }
}

const whole = (n: number): number => (Number.isFinite(n) && n > 0 ? Math.floor(n) : 0)

/** Rounded down, so that the page never claims more than was computed; one decimal below ten. */
const rounded = (n: number): string => (n < 10 ? String(Math.floor(n * 10) / 10) : String(Math.floor(n)))
