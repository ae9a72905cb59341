import type { Level } from '@/lib/domain/project.ts'
import { cellInWords, EFFECTS, LEVEL_NAMES } from './levels.ts'

const LEVELS: Level[] = [1, 2, 3]

/** What happens without a person, by effect and level; the level in force is marked. */
export function LevelTable({ level }: { level: Level }) {
  return (
    <>
      <table className="levels">
        <caption className="sr-only">What each level may do alone</caption>
        <thead>
          <tr>
            <th scope="col">Effect</th>
            {LEVELS.map((one) => (
              <th key={one} scope="col" className={one === level ? 'level-now' : undefined}>
                {one} {LEVEL_NAMES[one]}
                {one === level ? ' (now)' : ''}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {EFFECTS.map(({ name, at }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {LEVELS.map((one) => (
                <td key={one} className={one === level ? 'level-now' : undefined}>
                  <span className="level-of">
                    {one}
                    {one === level ? ' (now)' : ''}
                  </span>
                  {cellInWords(at[one])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-3 max-w-prose text-sm text-soft">
        Go: at once, or when the hours open. Ask: a person approves exactly this tree. Protected files, dependencies and
        what could not be reproduced ask or stop at every level. How many users are affected and cannot be known counts
        as many.
      </p>
    </>
  )
}
