'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, type ReactNode, useEffect, useState, useTransition } from 'react'
import { useTell } from './answers.tsx'
import { Ask } from './ask.tsx'
import { useProof } from './proof.tsx'
import { type Sent, sender } from './request.ts'

interface Props {
  verb: string
  /** What the decision is about, as it was shown. */
  about: object
  submit: string
  /** While it is being answered. */
  sending?: string
  /** `main` for what people come for, `danger` for what is hard to undo. */
  tone?: 'main' | 'danger' | 'plain'
  /** Asks for the password again. */
  password?: boolean
  disabled?: boolean
  /** Fields to send; by default whatever was typed, empty ones left out. */
  read?: (form: FormData) => object
  /** After the page shows how things stand now. */
  onAnswer?: (sent: Sent) => void
  children?: ReactNode
}

/** One decision as a form: sent once however often it is clicked, told above, and then the page is asked for anew. */
export function Decision({ verb, about, submit, read = typed, onAnswer, disabled = false, ...look }: Props) {
  const tell = useTell()
  const router = useRouter()
  const [send] = useState(() => sender(fetch))
  const [sent, setSent] = useState<{ is: Sent } | null>(null)
  const [busy, setBusy] = useState(false)
  const [refreshing, refresh] = useTransition()

  useEffect(() => {
    if (!sent || refreshing) return
    setSent(null)
    onAnswer?.(sent.is)
  }, [sent, refreshing, onAnswer])

  async function decide(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    setBusy(true)
    const form = event.currentTarget
    const fields = new FormData(form)
    const password = (look.password && String(fields.get('password') ?? '')) || null
    fields.delete('password')
    const answer = await send(verb, { ...about, ...read(fields) }, password)
    if (answer?.body.ok === true) form.reset()
    // What may have been lost on the way is sent again as it is.
    else if (answer) for (const field of form.querySelectorAll<HTMLInputElement>('[type=password]')) field.value = ''
    setBusy(false)
    tell(answer)
    setSent({ is: answer })
    refresh(() => router.refresh())
  }

  return (
    // By POST: what is sent before the page has woken up must not put a password into an address.
    <form method="post" onSubmit={decide} className="decision">
      {look.children}
      {look.password ? <Password /> : null}
      <button type="submit" className={`button ${BUTTONS[look.tone ?? 'plain']}`} disabled={disabled || busy}>
        {busy ? (look.sending ?? 'Sending…') : submit}
      </button>
    </form>
  )
}

const BUTTONS = { main: 'button-main', danger: 'button-danger', plain: '' } as const

const typed = (form: FormData): object =>
  Object.fromEntries([...form].filter(([, value]) => typeof value === 'string' && value.trim() !== ''))

function Password() {
  const fresh = useProof() === 'fresh'
  return (
    <Ask name="Your password again" hint={fresh ? 'May be left empty for ten minutes after signing in.' : undefined}>
      {(field) => (
        <input {...field} name="password" type="password" autoComplete="current-password" required={!fresh} />
      )}
    </Ask>
  )
}
