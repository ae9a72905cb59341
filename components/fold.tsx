import type { ReactNode } from 'react'

/** What is not needed at every glance. Opened and closed by the browser itself, so a refresh leaves it as it is. */
export function Fold({ title, button = false, children }: { title: string; button?: boolean; children: ReactNode }) {
  return (
    <details className="fold">
      <summary className={button ? 'button' : undefined}>{title}</summary>
      <div className="fold-body">{children}</div>
    </details>
  )
}
