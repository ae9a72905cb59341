import Link from 'next/link'
import type { ReactNode } from 'react'

/** The line at the top of every page of the control room. */
export function Masthead({ signOut, children }: { signOut: () => Promise<void>; children?: ReactNode }) {
  return (
    <header className="masthead">
      <Link prefetch={false} href="/dashboard/agent-control" className="flex items-center gap-2 font-semibold">
        <Moon /> Nightshift
      </Link>
      <div className="ml-auto flex flex-wrap items-center gap-x-4 gap-y-2">
        {children}
        <form action={signOut}>
          <button type="submit" className="button">
            Sign out
          </button>
        </form>
      </div>
    </header>
  )
}

export function Moon() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className="size-5 fill-accent">
      <path d="M6.5 1.2a7 7 0 1 0 8.3 8.3A6 6 0 0 1 6.5 1.2" />
    </svg>
  )
}
