'use client'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { ShownOnce } from '@/lib/domain/connection.ts'
import { envLines, vercelLines } from '@/lib/domain/envLines.ts'
import { answerInWords } from './answerWords.ts'
import { Ask } from './ask.tsx'
import { keyed } from './keyed.ts'
import { sender } from './request.ts'
import { Untrusted } from './untrusted.tsx'

interface Props {
  /** Below `/api/control/`. */
  at: string
  body: object
  submit: string
  sending: string
  password?: boolean
  children?: ReactNode
}

type Told = (ShownOnce & { ok: true }) | { ok: false; head: string; lines: string[] }

/** Asks for something whose answer holds credentials: they are on this page until it is left, and nowhere else. */
export function ShownOnceForm({ at, body, submit, sending, password = false, children }: Props) {
  const [send] = useState(() => sender(fetch))
  const [busy, setBusy] = useState(false)
  const [told, setTold] = useState<Told | null>(null)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (told) place.current?.focus()
  }, [told])

  async function ask(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    setBusy(true)
    const typed = new FormData(event.currentTarget).get('password')
    const sent = await send(at, body, password ? String(typed ?? '') : null)
    setBusy(false)
    if (sent?.body.ok === true) setTold(sent.body as unknown as Told)
    else setTold({ ok: false, ...answerInWords(sent, 'UTC') })
  }

  return (
    <>
      <div role="status" tabIndex={-1} ref={place} className="answers">
        {told ? <Said told={told} /> : null}
      </div>
      {told?.ok ? null : (
        <form method="post" onSubmit={ask} className="decision">
          {children}
          {password ? (
            <Ask name="Your password again">
              {(field) => <input {...field} name="password" type="password" autoComplete="current-password" required />}
            </Ask>
          ) : null}
          <button type="submit" className="button button-main" disabled={busy}>
            {busy ? sending : submit}
          </button>
        </form>
      )}
    </>
  )
}

function Said({ told }: { told: Told }) {
  if (!told.ok)
    return (
      <div className="answer answer-bad">
        <p>
          <strong className="tone-bad">{told.head}</strong>
        </p>
        {keyed(told.lines, (line) => line).map(({ key, item }) => (
          <p key={key}>
            <Untrusted text={item} />
          </p>
        ))}
      </div>
    )
  const { settings, said, next } = told
  const names = Object.keys(settings)
  return (
    <div className="answer answer-good">
      {keyed(said, (line) => line).map(({ key, item }) => (
        <p key={key}>
          <Untrusted text={item} />
        </p>
      ))}
      {names.length > 0 ? (
        <>
          <p className="mt-3">
            <strong>Keep these now: they are shown once, and Nightshift does not keep them.</strong> Put them into the
            environment of the server, in a file of your own as they stand:
          </p>
          <pre className="block-code">{envLines(settings).join('\n')}</pre>
          <p className="mt-3">or at Vercel, where each command asks for its value; deploy once more after them:</p>
          <pre className="block-code">{vercelLines(names).join('\n')}</pre>
        </>
      ) : null}
      {next ? (
        <p className="mt-4">
          <a href={next.href} className="button button-main">
            {next.words}
          </a>
        </p>
      ) : null}
    </div>
  )
}
