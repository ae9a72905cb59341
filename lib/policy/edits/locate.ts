/** Where a text stands in a file, whatever the file's line ends are. Offsets are into the file as it is. */
export interface Place {
  from: number
  to: number
}

/** The file with `\n` alone, and where each `\n` stands that had a `\r` before it. */
export interface Plain {
  text: string
  returns: number[]
}

export function plainOf(file: string): Plain {
  const returns: number[] = []
  let text = ''
  let kept = 0
  for (let at = file.indexOf('\r\n'); at !== -1; at = file.indexOf('\r\n', at + 2)) {
    text += file.slice(kept, at)
    returns.push(text.length)
    kept = at + 1
  }
  return { text: text + file.slice(kept), returns }
}

export const unixText = (text: string): string => text.replaceAll('\r\n', '\n')

/** Places counted before an answer is plainly ambiguous. */
const MOST = 100

/** Every place `search` stands at, at most a hundred; places may overlap each other. */
export function placesOf(plain: Plain, search: string): Place[] {
  const wanted = unixText(search)
  const places: Place[] = []
  if (wanted === '') return places
  for (let at = plain.text.indexOf(wanted); at !== -1 && places.length < MOST; at = plain.text.indexOf(wanted, at + 1))
    places.push({ from: original(plain, at), to: original(plain, at + wanted.length) })
  return places
}

/** Each `\r` taken out before an offset moves it by one; binary search, since files are long and searches many. */
function original({ returns }: Plain, offset: number): number {
  let [low, high] = [0, returns.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (returns[middle]! < offset) low = middle + 1
    else high = middle
  }
  return offset + low
}

/** A replacement in the file's own line ends: those of most of its lines. */
export function inLineEndsOf(file: string, plain: Plain, replacement: string): string {
  const breaks = plain.text.split('\n').length - 1
  const windows = plain.returns.length * 2 > breaks && file.includes('\r\n')
  return windows ? unixText(replacement).replaceAll('\n', '\r\n') : unixText(replacement)
}

/** The file's last line ends as it did: an edit there neither adds nor loses a final line break. */
export function endingLike(file: string, plain: Plain, result: string): string {
  if (result === '' || file === '') return result
  const ended = /\r?\n$/.test(result)
  if (file.endsWith('\n') && !ended) return result + inLineEndsOf(file, plain, '\n')
  if (!file.endsWith('\n') && ended) return result.replace(/\r?\n$/, '')
  return result
}
