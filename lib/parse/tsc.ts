import { visible } from './visible.ts'

/** One error of the TypeScript compiler; `path` is empty for one that concerns no file. */
export interface TypeDiagnostic {
  path: string
  /** 1-based; 0 without a file. */
  line: number
  /** `TS2345`. */
  code: string
  message: string
}

const TEXT_MAX = 8 * 1024 * 1024
const DIAGNOSTICS_MAX = 5000
const LINE_MAX = 8192
/** `src/a.ts(3,7): ` as printed to a file, `src/a.ts:3:7 - ` as printed to a terminal. */
const PLACE = /^(.{1,1000}?)(?:\((\d{1,9}),\d{1,9}\): |:(\d{1,9}):\d{1,9} - )$/

/** Errors in what `tsc` printed, plain or with colours; continuation lines, warnings and summaries are passed over. */
export function parseTsc(text: string): TypeDiagnostic[] {
  const found: TypeDiagnostic[] = []
  for (const raw of text.slice(0, TEXT_MAX).split('\n')) {
    if (found.length >= DIAGNOSTICS_MAX) break
    if (raw.length > LINE_MAX || !raw.includes('error')) continue
    const line = visible(raw.endsWith('\r') ? raw.slice(0, -1) : raw)
    const mark = /error (TS\d{1,6}): /.exec(line)
    if (!mark?.[1]) continue
    const before = line.slice(0, mark.index)
    const place = PLACE.exec(before)
    if (before !== '' && !place) continue
    found.push({
      path: (place?.[1] ?? '').replace(/^\.\//, ''),
      line: Number(place?.[2] ?? place?.[3] ?? 0),
      code: mark[1],
      message: line.slice(mark.index + mark[0].length),
    })
  }
  return found
}
