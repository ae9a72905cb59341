'use client'
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { type Answer, answerInWords } from './answerWords.ts'
import { keyed } from './keyed.ts'
import type { Sent } from './request.ts'
import { When } from './time.tsx'
import { Untrusted } from './untrusted.tsx'

const Tell = createContext<(sent: Sent) => void>(() => undefined)

/** How a form inside of `Answers` says what came of it. */
export const useTell = () => useContext(Tell)

/**
 * Forms that decide, with their answer above them. It stays when the form that asked is gone, because the page shows
 * how things stand now; it carries its time, because things may have moved on since.
 */
export function Answers({ zone, children }: { zone: string; children: ReactNode }) {
  const [told, setTold] = useState<{ answer: Answer; at: Date } | null>(null)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (told) place.current?.focus()
  }, [told])
  return (
    <Tell value={(sent) => setTold({ answer: answerInWords(sent, zone), at: new Date() })}>
      <div role="status" tabIndex={-1} ref={place} className="answers">
        {told ? <Said answer={told.answer} at={told.at} zone={zone} /> : null}
      </div>
      {children}
    </Tell>
  )
}

function Said({ answer: { tone, head, lines }, at, zone }: { answer: Answer; at: Date; zone: string }) {
  return (
    <div className={`answer answer-${tone}`}>
      <p>
        <strong className={`tone-${tone}`}>
          <Untrusted text={head} />
        </strong>{' '}
        <span className="text-sm text-soft tabular-nums">
          <When at={at} zone={zone} seconds />
        </span>
      </p>
      {keyed(lines, (line) => line).map(({ key, item }) => (
        <p key={key}>
          <Untrusted text={item} />
        </p>
      ))}
    </div>
  )
}
