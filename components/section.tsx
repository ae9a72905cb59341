import type { ReactNode } from 'react'

/** One chapter of an issue's story. */
export function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="chapter">
      <h2 id={id} className="chapter-title">
        {title}
      </h2>
      <div className="chapter-body">{children}</div>
    </section>
  )
}

/** A chapter that has not happened, said in one line. */
export function NotYet({ children }: { children: ReactNode }) {
  return <p className="text-soft">{children}</p>
}

export function Facts({ children }: { children: ReactNode }) {
  return <dl className="facts">{children}</dl>
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
