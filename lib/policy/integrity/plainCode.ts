import type { Line, NumberedChange } from '../lines.ts'
import type { Remark } from './mark.ts'
import type { Rule } from './rules.ts'

const ANY = /\bas\s+any\b|:\s*any\b|<\s*any\s*[>,]|,\s*any\s*>|\bas\s+unknown\s+as\b|\bas\s+never\b/
const REPORTS = /\bcapture(?:Exception|Message|Event|Error)\b|\brecordException\b|\breportError\b|\bnotifyError\b/
const QUIETS =
  /\bbeforeSend\w*\b|\b(?:traces|profiles|errors?|replays\w*)?sampleRate\b|\btracesSampler\b|\bignoreErrors\b|\bignoreTransactions\b|\bdenyUrls\b|\ballowUrls\b|\bSentry\s*\.\s*(?:init|close|setupExpress\w*)\b|\bdsn\s*:|\benabled\s*:\s*(?:false|!1)|\bdisable(?:Instrumentation|Telemetry)\b|\baddEventProcessor\b|\binstrument(?:ation)?\.(?:[cm]?[jt]s)\b/i
const CHECKS =
  /auth(?!or(?!i[sz]))|\bsession|permission|\bis(?:Admin|Owner|Allowed|Member)\b|\brequire(?:User|Role|Login|Admin)\w*|\bverify\w*|csrf|\bjwt\b|forbidden|\b40[13]\b|signature|\brole\b|\bcan(?:Access|Edit|View|Read|Write)\b|rateLimit|timingSafeEqual/i
const TAKES_OVER = /\bun(?:caughtException|handledRejection)\b|\bonerror\s*=|\bonunhandledrejection\s*=/
const EVALUATES = /\beval\s*\(|\bnew\s+Function\s*\(|\bvm\s*\.\s*\w+\s*\(|\batob\s*\(/

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
  each(came, nowLines, (code, text) => {
    if (ANY.test(code)) return ['type-escape', 'It widens a type until nothing is checked.']
    if (QUIETS.test(code)) return ['silenced-telemetry', 'It changes what is reported, so silence would prove nothing.']
    if (TAKES_OVER.test(text)) return ['swallowed-error', 'It takes over the errors that nobody handles.']
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
