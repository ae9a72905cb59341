'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useState, useTransition } from 'react'

/** Often enough to watch a release move, rarely enough for one small server. */
const EVERY_MS = 3000

/**
 * Asks for the page again every three seconds while the tab is visible. What is read aloud is `summary`, so that a
 * screen reader speaks when the state changed and not at every refresh.
 */
export function Live({ summary }: { summary: string }) {
  const router = useRouter()
  const [on, setOn] = useState(true)
  const [pending, start] = useTransition()
  useEffect(() => {
    if (!on || pending) return
    const refresh = () => {
      if (document.visibilityState === 'visible') start(() => router.refresh())
    }
    const timer = setInterval(refresh, EVERY_MS)
    return () => clearInterval(timer)
  }, [on, pending, router])
  return (
    <>
      <span className="flex items-center gap-2 text-soft">
        <span aria-hidden="true" className={on ? 'lamp lamp-on' : 'lamp'} />
        {on ? 'Live' : 'Standing still'}
      </span>
      <button type="button" className="button" onClick={() => setOn(!on)}>
        {on ? 'Stop refreshing' : 'Refresh again'}
      </button>
      <span className="sr-only" aria-live="polite">
        {summary}
      </span>
    </>
  )
}
