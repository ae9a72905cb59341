/** What a claim can rest on. A commit goes by the beginning of its hash, a run by its number, a row by its position. */
export type Source = 'event' | 'frame' | 'commit' | 'run' | 'audit'

/** A claim's way to what it rests on, on the same page. */
export function Cite({ of, n }: { of: Source; n: number | string }) {
  return (
    <a className="cite" href={`#${of}-${n}`}>
      {of} {n}
    </a>
  )
}
