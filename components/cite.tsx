import { Code, shortSha } from './untrusted.tsx'

/** What a claim can rest on, besides a commit: events, frames and runs by number, rows of the audit by position. */
export type Source = 'event' | 'frame' | 'run' | 'audit'

/** A claim's way to what it rests on, on the same page. */
export function Cite({ of, n }: { of: Source; n: number }) {
  return (
    <a className="cite" href={`#${of}-${n}`}>
      {of} {n}
    </a>
  )
}

/** A commit by the beginning of its hash, leading to what is known of it. */
export function CommitLink({ sha }: { sha: string }) {
  return (
    <a className="cite" href={`#commit-${shortSha(sha)}`}>
      <Code text={shortSha(sha)} />
    </a>
  )
}
