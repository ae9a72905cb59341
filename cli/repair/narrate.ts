import { printable } from '../../lib/policy/paths.ts'

/** A stage that takes longer than this says so, milliseconds; nobody should have to guess whether it hangs. */
const LONG_MS = 20_000

/** Each step on a line of its own with the seconds since `nightshift repair` began; `stop` before the process may end. */
export function narrate(say: (line: string) => void, longMs = LONG_MS) {
  const began = performance.now()
  const line = (stage: string, text: string) => {
    const seconds = ((performance.now() - began) / 1000).toFixed(1).padStart(6)
    say(printable(`${seconds} s  ${stage.padEnd(9)} ${text}`))
  }
  let still: NodeJS.Timeout | undefined
  return {
    progress(stage: string, text: string) {
      line(stage, text)
      clearInterval(still)
      still = setInterval(() => line(stage, '… still at it'), longMs)
      still.unref()
    },
    stop: () => clearInterval(still),
  }
}
