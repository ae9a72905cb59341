import { Fault } from '../../errors.ts'

/** Hidden in what we write, so that it is found again: an HTML comment, which Markdown does not show. */
const commentOf = (marker: string): string => {
  if (!/^[a-z0-9:-]{1,100}$/.test(marker) || marker.includes('--'))
    throw new Fault('CODE_UNREACHABLE', `${JSON.stringify(marker)} is no marker.`)
  return `<!-- nightshift ${marker} -->`
}

export const withMarker = (body: string, marker: string): string => `${body.trimEnd()}\n\n${commentOf(marker)}\n`

/** On a line of its own at the end, where a quotation of ours is not. */
export const hasMarker = (body: string, marker: string): boolean =>
  body
    .replaceAll('\r\n', '\n')
    .trimEnd()
    .endsWith(`\n\n${commentOf(marker)}`)
