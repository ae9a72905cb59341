import { type ReactNode, useId } from 'react'

/** What ties a field to its name, its hint and its problem. */
export interface FieldProps {
  id: string
  className: string
  'aria-describedby'?: string | undefined
  'aria-invalid'?: true | undefined
}

interface Props {
  name: string
  hint?: string | undefined
  /** Why it was refused. */
  problem?: string | undefined
  children: (field: FieldProps) => ReactNode
}

/** A field with its name above it, and below it what to know or what was wrong. */
export function Ask({ name, hint, problem, children }: Props) {
  const id = useId()
  const more = [...(hint ? [`${id}-hint`] : []), ...(problem ? [`${id}-problem`] : [])].join(' ')
  return (
    <div className="ask">
      <label htmlFor={id} className="ask-name">
        {name}
      </label>
      {children({
        id,
        className: 'field',
        'aria-describedby': more || undefined,
        'aria-invalid': problem ? true : undefined,
      })}
      {hint ? (
        <p id={`${id}-hint`} className="ask-hint">
          {hint}
        </p>
      ) : null}
      {problem ? (
        <p id={`${id}-problem`} className="tone-bad">
          {problem}
        </p>
      ) : null}
    </div>
  )
}

/** Why somebody decides. Where it is required it is also the second thought before what is hard to undo. */
export function Why({ required = false }: { required?: boolean }) {
  return (
    <Ask name={required ? 'Why' : 'Why (may be left empty)'}>
      {(field) => <input {...field} name="why" type="text" maxLength={500} required={required} autoComplete="off" />}
    </Ask>
  )
}
