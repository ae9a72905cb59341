import Link from 'next/link'
import type { ReactNode } from 'react'

const BOARD = '/dashboard/agent-control'
const ROOMS = [
  { name: 'Board', path: BOARD },
  { name: 'Morning note', path: `${BOARD}/report` },
  { name: 'Policy', path: `${BOARD}/policy` },
  { name: 'Audit', path: `${BOARD}/audit` },
  { name: 'Setup', path: `${BOARD}/connect` },
  { name: 'People', path: `${BOARD}/people` },
] as const

interface Props {
  signOut: () => Promise<void>
  /** Slug of the project in view; the other rooms show the same one. */
  project?: string | undefined
  /** The room this page is, where it is one of them. */
  here?: (typeof ROOMS)[number]['name'] | undefined
  children?: ReactNode
}

/** The line at the top of every page of the control room. */
export function Masthead({ signOut, project, here, children }: Props) {
  const of = project === undefined ? '' : `?project=${encodeURIComponent(project)}`
  return (
    <header className="masthead">
      <Link prefetch={false} href={`${BOARD}${of}`} className="brand">
        <Moon /> Nightshift
      </Link>
      <nav aria-label="Control room">
        <ul className="nav">
          {ROOMS.map(({ name, path }) => (
            <li key={name}>
              <Link prefetch={false} href={`${path}${of}`} aria-current={name === here ? 'page' : undefined}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="masthead-end">
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
