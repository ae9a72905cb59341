import { type Bars, barAt } from './bars.ts'
import { many } from './numbers.ts'
import { clockIn } from './time.tsx'

const WIDTH = 8
const HEIGHT = 56

/** Failures over time as small bars, and the same in words below. `shipped` is when the fix took traffic. */
export function Minutes({ picture, shipped, zone }: { picture: Bars; shipped: Date | null; zone: string }) {
  const { bars, worst } = picture
  const mark = shipped && barAt(picture, shipped)
  const words = inWords(picture, shipped, zone)
  return (
    <figure className="mt-6">
      <svg
        viewBox={`0 0 ${bars.length * WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={words}
        className="minutes"
      >
        {bars.map((bar, i) => {
          const height = bar.n === 0 ? 1 : Math.max(3, (bar.n / worst.n) * (HEIGHT - 4))
          const x = i * WIDTH + 1
          return (
            <rect
              key={bar.from.getTime()}
              className={bar.n === 0 ? 'bar-none' : 'bar'}
              x={x}
              y={HEIGHT - height}
              width={WIDTH - 2}
              height={height}
            />
          )
        })}
        {mark === null ? null : <rect className="bar-mark" x={mark * WIDTH} y={0} width={1.5} height={HEIGHT} />}
      </svg>
      <p aria-hidden="true" className="flex justify-between text-sm text-soft tabular-nums">
        <span>{clockIn(zone, bars[0]?.from ?? worst.from)}</span>
        <span>{clockIn(zone, endOf(picture))}</span>
      </p>
      <figcaption className="mt-2 text-soft">{words}</figcaption>
    </figure>
  )
}

const endOf = ({ bars, step, last }: Bars): Date => new Date((bars.at(-1)?.from ?? last).getTime() + step * 60_000)

function inWords({ bars, step, total, worst, last }: Bars, shipped: Date | null, zone: string): string {
  const start = bars[0]?.from ?? last
  const each =
    step === 1
      ? 'a minute'
      : step < 60
        ? `${step} minutes`
        : step < 1440
          ? many(step / 60, 'hour')
          : many(step / 1440, 'day')
  const most = `Most within ${each}: ${worst.n}, from ${clockIn(zone, worst.from)}.`
  const fixed = shipped ? ` The line marks the fix in production, ${clockIn(zone, shipped)}.` : ''
  return `${many(total, 'failure')} in production since ${clockIn(zone, start)}. ${most} The last was at ${clockIn(zone, last)}.${fixed}`
}
