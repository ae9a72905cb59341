import type { Line, NumberedChange } from '../lines.ts'
import type { Remark } from './mark.ts'
import { RULES, type Rule } from './rules.ts'

const REPORTS = /\bcapture(?:Exception|Message|Event|Error)\b|\brecordException\b|\breportError\b|\bnotifyError\b/
const QUIETS =
  /\bbeforeSend\w*\b|\b(?:traces|profiles|errors?|replays\w*)?sampleRate\b|\btracesSampler\b|\bignoreErrors\b|\bignoreTransactions\b|\bdenyUrls\b|\ballowUrls\b|\bSentry\s*\.\s*(?:init|close|setupExpress\w*)\b|\bdsn\s*:|\benabled\s*:\s*(?:false|!1)|\bdisable(?:Instrumentation|Telemetry)\b|\baddEventProcessor\b/i
const CHECKS =
  /auth(?!or(?!i[sz]))|\bsession|permission|\bis(?:Admin|Owner|Allowed|Member)\b|\brequire(?:User|Role|Login|Admin)\w*|\bverify\w*|csrf|\bjwt\b|forbidden|\b40[13]\b|signature|\brole\b|\bcan(?:Access|Edit|View|Read|Write)\b|rateLimit|timingSafeEqual/i
const EVALUATES = /\beval\s*\(/
/** Ends the process as if all were well; ending it with a failure, or with what a call gives, forges nothing. */
const ENDS =
  /\b(?:System\s*\.\s*exit|exitProcess|os\s*\.\s*Exit|process\s*::\s*exit|halt|Environment\s*\.\s*Exit)\s*\(\s*(?![1-9]|\w+\()/
/** An error that is taken and dropped. */
const DROPS = /(?:^|,)\s*_\s*:?=\s*[\w.]+\(/
const PASSES_ON = /\breturn\b.*\berr\b|\?\s*;|\bpanic\(err\)/

/** What a patch may not do to code. `old` and `now` hold code alone, line by line as long as the texts. */
export function codeFindings(change: NumberedChange, old: string, now: string): Remark[] {
  const { came, went } = moved(change)
  const [oldLines, nowLines] = [old.split('\n'), now.split('\n')]
  const found: Remark[] = []
  const each = (lines: Line[], code: string[], look: (code: string, text: string) => [Rule, string] | null): void => {
    for (const { number, text } of lines) {
      const said = look(code[number - 1] ?? '', text)
      if (said) found.push({ line: number, rule: said[0], why: said[1] })
    }
  }
  const ended = went.some(({ number }) => ENDS.test(oldLines[number - 1] ?? ''))
  const passedOn = went.some(({ number }) => PASSES_ON.test(oldLines[number - 1] ?? ''))
  each(came, nowLines, (code) => {
    if (QUIETS.test(code)) return ['silenced-telemetry', 'It changes what is reported, so silence would prove nothing.']
    if (passedOn && DROPS.test(code)) return ['swallowed-error', 'It drops an error that was passed on.']
    if (!ended && ENDS.test(code)) return ['forges-report', RULES['forges-report'].why]
    if (EVALUATES.test(code)) return ['hidden-text', 'It runs text as code.']
    return null
  })
  each(went, oldLines, (code) => {
    if (REPORTS.test(code)) return ['silenced-telemetry', 'It no longer reports an error.']
    if (QUIETS.test(code)) return ['silenced-telemetry', 'It changes what is reported, so silence would prove nothing.']
    if (CHECKS.test(code)) return ['removed-check', 'It takes away a line that looks like a check of rights.']
    return null
  })
  return found
}

/** A line that went and came, at any depth, was moved: it is still there. */
function moved({ came, went }: NumberedChange): NumberedChange {
  const left = came.map(({ text }) => text.trim())
  const gone = went.filter(({ text }) => {
    const at = left.indexOf(text.trim())
    if (at === -1) return true
    left.splice(at, 1)
    return false
  })
  return { came, went: gone }
}
