/** Strokes on a 16 × 16 grid. An icon never stands alone: a word beside it says the same. */
const PATHS = {
  arrow: 'M2.5 8h11M9 3.5 13.5 8 9 12.5',
  box: 'M2.5 5.5h11v8h-11zM2.5 5.5 4 2.5h8l1.5 3M6.5 8.5h3',
  check: 'M3 8.5 6.5 12 13 4.5',
  clock: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 5v3.2l2 1.3',
  cloud: 'M4.5 12.5h7a2.7 2.7 0 0 0 .3-5.4A4 4 0 0 0 4.2 6.6a3 3 0 0 0 .3 5.9',
  cross: 'M4 4l8 8M12 4l-8 8',
  dot: 'M8 6.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3',
  drop: 'M8 2.5c2.8 3.2 4 5 4 7a4 4 0 0 1-8 0c0-2 1.2-3.8 4-7',
  eye: 'M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8M8 6.3a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4',
  hand: 'M8 2.2v7M8 12.6v.9',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  person: 'M8 2.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M3 13.5c.5-3 2.5-4.3 5-4.3s4.5 1.3 5 4.3',
  search: 'M7 2.500a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.3 10.3 13.5 13.5',
  undo: 'M3 6.500h6.500a3.5 3.5 0 0 1 0 7H6M6 3.500l-3 3 3 3',
  wrench: 'M13.2 5.200a3.5 3.5 0 0 1-4.7 3.300L4 13l-1.5-1.500L7 7a3.5 3.5 0 0 1 3.8-4.700L8.9 4.200l2.4 2.400z',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { name: IconName }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className="icon">
      <path d={PATHS[name]} />
    </svg>
  )
}
