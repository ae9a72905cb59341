import { Icon, type IconName } from './icon.tsx'
import type { State, Tone } from './states.ts'

/** Icon and word; the colour says nothing that they do not. */
export function Badge({ state, quiet = false }: { state: State; quiet?: boolean }) {
  return (
    <span className={`badge tone-${state.tone}${quiet ? ' badge-quiet' : ''}`}>
      <Icon name={state.icon} />
      {state.word}
    </span>
  )
}

export function Mark({ icon, word, tone }: { icon: IconName; word: string; tone: Tone }) {
  return <Badge state={{ icon, word, tone }} quiet />
}
