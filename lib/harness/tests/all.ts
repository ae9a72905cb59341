import type { Collector } from './collector.ts'
import { node } from './node/collector.ts'
import { python } from './python/collector.ts'

/** Every family of runners that is watched from inside. */
export const COLLECTORS: Collector[] = [node, python]
